import type { OptionsOf } from '#lib/job/entry.ts';
import type { Options } from '#lib/job/options.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { ShareIdSchema } from '#lib/protocol/share.ts';
import type { Recipe } from '#lib/protocol/recipe.ts';
import { fetchRecipe } from '#lib/share/ask-shares.ts';
import { optionsFrom, scoreFor } from '#lib/share/use-recipe.ts';
import * as v from 'valibot';
import { toFailure, type Failure } from './failure.ts';

/** The options of the soundtrack that depend on the file that it is made for. */
export type OptionsForSource = (source: SourceOutput) => Partial<OptionsOf<'soundtrack'>>;

/** A recipe from a link, for the next file: `/?remix=<id>` loads it. */
export class Remix {
  /** The recipe for the next file. */
  recipe: Recipe | null = $state.raw(null);
  failure: Failure | null = $state.raw(null);

  /** Loads the recipe that the page's address names, and removes it from the address. */
  async load(): Promise<void> {
    const id = new URLSearchParams(location.search).get('remix');
    if (id === null) return;
    history.replaceState(history.state, '', '/');
    if (!v.is(ShareIdSchema, id)) return;
    try {
      this.recipe = await fetchRecipe(location.origin, id);
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Options for a new project, and those that its file decides. The recipe can be used once. */
  use(defaults: Options): { options: Options; forSource: OptionsForSource } {
    const { recipe } = this;
    this.forget();
    if (!recipe) return { options: defaults, forSource: () => ({}) };
    return {
      options: optionsFrom(recipe, defaults),
      forSource: ({ durationSeconds }) => ({ score: scoreFor(recipe, durationSeconds) }),
    };
  }

  forget(): void {
    this.recipe = null;
    this.failure = null;
  }
}
