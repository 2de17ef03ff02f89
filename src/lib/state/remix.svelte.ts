import type { OptionsOf } from '#lib/job/entry.ts';
import type { Options } from '#lib/job/options.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { ShareIdSchema } from '#lib/protocol/share.ts';
import type { Recipe } from '#lib/protocol/recipe.ts';
import { fetchRecipe } from '#lib/share/ask-shares.ts';
import { optionsFrom, scoreFor } from '#lib/share/use-recipe.ts';
import * as v from 'valibot';
import { toFailure, type Failure } from './failure.ts';

/** What of the soundtrack's wishes depends on the file that it is made for. */
export type Fit = (source: SourceOutput) => Partial<OptionsOf<'soundtrack'>>;

/** Somebody's recipe that waits for a file of one's own: `/?remix=<id>` brings it. */
export class Remix {
  /** The recipe that the next file is opened with. */
  recipe: Recipe | null = $state.raw(null);
  failure: Failure | null = $state.raw(null);

  /** Fetches the recipe that the page's address names, and takes it out of the address. */
  async look(): Promise<void> {
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

  /** The wishes for a new project, and how they fit its file once its length is known. The recipe is used up. */
  take(usual: Options): { options: Options; fit: Fit } {
    const { recipe } = this;
    this.forget();
    if (!recipe) return { options: usual, fit: () => ({}) };
    return {
      options: optionsFrom(recipe, usual),
      fit: ({ durationSeconds }) => ({ score: scoreFor(recipe, durationSeconds) }),
    };
  }

  forget(): void {
    this.recipe = null;
    this.failure = null;
  }
}
