import { edits } from '#lib/job/score-edits.ts';
import type { Score } from '#lib/job/score.ts';
import { recipeOf, type Suggestion } from '#lib/job/suggestion.ts';
import { suggestSounds } from '#lib/steps/soundtrack/soundtrack.ts';
import type { Studio } from './studio.svelte.ts';

/** The suggestions for one scene, the best first. */
export interface SceneSuggestions {
  startSeconds: number;
  endSeconds: number;
  all: Suggestion[];
}

/** Sounds that could be added to the score of the selected take, scene by scene. */
export class Suggestions {
  /** null until they are known. */
  scenes: SceneSuggestions[] | null = $state.raw(null);

  readonly #studio: Studio;
  /** Tells the last question from earlier ones, whose answers may come later. */
  #asked = 0;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** Looks what could be added to a score. */
  async find(score: Score, signal: AbortSignal): Promise<void> {
    const { current, project } = this.#studio;
    const { source, length, scenes, prompt, features, objects } = current;
    if (!project || !source || !length || !scenes || !prompt || !features || !objects) return;
    const asked = ++this.#asked;
    const inputs = { source, length, scenes, prompt, features, objects };
    const found = await suggestSounds(inputs, project.options.all.soundtrack, score, signal);
    if (asked === this.#asked) this.scenes = byScene(found);
  }

  /** Adds what is suggested to the score: one step of the history. */
  accept(suggestions: readonly Suggestion[]): void {
    const layers = suggestions.flatMap(({ layer }) => layer ?? []);
    const events = suggestions.flatMap(({ event }) => event ?? []);
    const what = suggestions.length === 1 ? recipeOf(suggestions[0]!) : undefined;
    const name = what === undefined ? { does: 'add-all' } : { does: 'add', what };
    this.#studio.scoreEditor.edit(name, (score) => edits.place(score, layers, events));
  }
}

function byScene(suggestions: readonly Suggestion[]): SceneSuggestions[] {
  const scenes = new Map<number, SceneSuggestions>();
  for (const suggestion of suggestions) {
    const { startSeconds, endSeconds } = suggestion;
    const known = scenes.get(startSeconds);
    if (known) known.all.push(suggestion);
    else scenes.set(startSeconds, { startSeconds, endSeconds, all: [suggestion] });
  }
  return [...scenes.values()];
}
