import { getContext, setContext } from 'svelte';
import type { BlobUrls } from './blob-urls.ts';
import type { Models } from './models.svelte.ts';
import type { Player } from './player.svelte.ts';
import type { Studio } from './studio.svelte.ts';

/** What every component may ask for. */
export interface App {
  studio: Studio;
  player: Player;
  models: Models;
  urls: BlobUrls;
}

const KEY = Symbol('app');

/** Called once by the page. */
export const provideApp = (app: App): App => setContext(KEY, app);

/** The studio, the player, the models and the blobs' URLs of this page. */
export const useApp = (): App => getContext<App>(KEY);
