import type { EntryOf } from '#lib/job/entry.ts';
import type { Overrides } from '#lib/job/options.ts';
import type { Layer, Part, Score, Section, SoundEvent } from '#lib/job/score.ts';
import { edits } from '#lib/job/score-edits.ts';
import type { CatalogueSound, SoundCatalogue } from '#lib/job/sound-catalogue.ts';
import type { Project } from '#lib/projects/project.ts';
import { reviseScore, soundCatalogue } from '#lib/steps/soundtrack/soundtrack.ts';
import type { EditMode, EditName } from './history.svelte.ts';

/** What the editor needs of the studio. */
interface EditedStudio {
  readonly project: Project | null;
  readonly takes: { readonly selected: EntryOf<'soundtrack'> | undefined };
  readonly isUpToDate: boolean;
  edit(name: EditName, changes: Overrides, mode?: EditMode): Promise<void>;
}

/** What a change of a field of a layer, an event or a part does. */
const VERBS: Record<string, string> = {
  ...{ atSeconds: 'move', startSeconds: 'trim', endSeconds: 'trim', durationSeconds: 'trim' },
  ...{ gainDb: 'level', pan: 'pan', panTo: 'pan', instrument: 'instrument' },
};

/** The score of the selected take and its edits. */
export class ScoreEditor {
  /** Everything that can be played; null until it is loaded. */
  catalogue: SoundCatalogue | null = $state.raw(null);

  readonly #studio: EditedStudio;

  constructor(studio: EditedStudio) {
    this.#studio = studio;
  }

  /** The edited score; null while it is unedited. */
  readonly edited: Score | null = $derived.by(
    () => this.#studio.project?.options.all.soundtrack.score ?? null,
  );
  /** The edited score, else the planned one; null when there is none, as in a server's take. */
  readonly score: Score | null = $derived.by(
    () => this.edited ?? this.#studio.takes.selected?.output.score ?? null,
  );
  /** Whether the score may be edited: not while changed prompts wait for a new plan. */
  readonly canEdit: boolean = $derived.by(() => this.edited !== null || this.#studio.isUpToDate);

  /**
   * Changes the score; the sound follows after a pause.
   * @param merge Quick edits with the same text are one step of the history.
   */
  edit(name: EditName, change: (score: Score) => Score, merge?: string): void {
    const { score } = this;
    if (score && this.canEdit) this.#set(name, change(score), merge);
  }

  changeLayer(index: number, change: Partial<Layer>): void {
    const name = nameOf(change, this.score?.layers[index]?.recipe);
    this.edit(name, (score) => edits.layer(score, index, change), mergeOf('layer', index, change));
  }

  changeEvent(index: number, change: Partial<SoundEvent>): void {
    const name = nameOf(change, this.score?.events[index]?.recipe);
    this.edit(name, (score) => edits.event(score, index, change), mergeOf('event', index, change));
  }

  changePart(index: number, change: Partial<Part>): void {
    const name = nameOf(change, change.instrument ?? this.score?.music?.parts[index]?.instrument);
    this.edit(name, (score) => edits.part(score, index, change), mergeOf('part', index, change));
  }

  changeSection(index: number, change: Partial<Section>): void {
    const name = { does: 'section', what: this.score?.music?.sections[index]?.name };
    this.edit(name, (score) => edits.section(score, index, change), mergeOf('section', index, change));
  }

  changeMood(change: Partial<Score['mood']>): void {
    this.edit({ does: 'music-mood' }, (score) => edits.mood(score, change), mergeOf('mood', 0, change));
  }

  /** Adds a sound at a time, seconds from the beginning of the film. */
  add(sound: CatalogueSound, atSeconds: number): void {
    this.edit({ does: 'add', what: sound.recipe }, (score) => edits.add(score, sound, atSeconds));
  }

  /** Changes the style, key or tempo of the music. */
  async revise(change: Parameters<typeof reviseScore>[1]): Promise<void> {
    const { score } = this;
    if (!score) return;
    const revised = await reviseScore(score, change, new AbortController().signal);
    const name = { does: Object.keys(change)[0] ?? 'change', what: change.style };
    if (this.score === score) this.edit(name, () => revised, mergeOf('music', 0, change));
  }

  /** Goes back to the plan. */
  reset(): void {
    if (this.edited) this.#set({ does: 'plan' }, null);
  }

  /** Loads the catalogue, once. */
  async open(): Promise<void> {
    this.catalogue ??= await soundCatalogue(new AbortController().signal);
  }

  #set(name: EditName, score: Score | null, merge?: string): void {
    void this.#studio.edit(name, { soundtrack: { score } }, { run: true, ...(merge && { merge }) });
  }
}

function nameOf(change: object, what: string | undefined): EditName {
  if ('isMuted' in change) return { does: change.isMuted ? 'mute' : 'unmute', what };
  return { does: VERBS[Object.keys(change)[0] ?? ''] ?? 'change', what };
}

/** Muting is a step of its own. */
function mergeOf(kind: string, index: number, change: object): string | undefined {
  return 'isMuted' in change ? undefined : `${kind} ${index} ${Object.keys(change).join()}`;
}
