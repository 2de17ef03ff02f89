import type { Part, Score, Section } from '#lib/job/score.ts';
import { edits } from '#lib/job/score-edits.ts';
import type { CatalogueSound } from '#lib/job/sound-catalogue.ts';
import type { EditName } from '#lib/state/history.svelte.ts';
import type { ScoreEditor } from '#lib/state/score-editor.svelte.ts';

/** What a change of a field of an instrument does. */
const VERBS: Record<string, string> = { gainDb: 'level', pan: 'pan', instrument: 'instrument' };

/** What is done with a score: each is a step of the history. */
export class ScoreCommands {
  readonly #editor: ScoreEditor;

  constructor(editor: ScoreEditor) {
    this.#editor = editor;
  }

  changePart(index: number, change: Partial<Part>): void {
    const what = change.instrument ?? this.#editor.score?.music?.parts[index]?.instrument;
    const merge = 'isMuted' in change ? undefined : mergeOf('part', index, change);
    this.#editor.edit(nameOf(change, what), (score) => edits.part(score, index, change), merge);
  }

  dropPart(index: number): void {
    const what = this.#editor.score?.music?.parts[index]?.instrument;
    this.#editor.edit({ does: 'remove', what }, (score) => edits.dropPart(score, index));
  }

  changeSection(index: number, change: Partial<Section>): void {
    const name = { does: 'section', what: this.#editor.score?.music?.sections[index]?.name };
    this.#editor.edit(
      name,
      (score) => edits.section(score, index, change),
      mergeOf('section', index, change),
    );
  }

  changeMood(change: Partial<Score['mood']>): void {
    const merge = mergeOf('mood', 0, change);
    this.#editor.edit({ does: 'music-mood' }, (score) => edits.mood(score, change), merge);
  }

  /** Adds a sound at a time, seconds from the beginning of the film. */
  add(sound: CatalogueSound, atSeconds: number): void {
    this.#editor.edit({ does: 'add', what: sound.recipe }, (score) => edits.add(score, sound, atSeconds));
  }
}

function nameOf(change: object, what: string | undefined): EditName {
  if ('isMuted' in change) return { does: change.isMuted ? 'mute' : 'unmute', what };
  return { does: VERBS[Object.keys(change)[0] ?? ''] ?? 'change', what };
}

function mergeOf(kind: string, index: number, change: object): string {
  return `${kind} ${index} ${Object.keys(change).join()}`;
}
