import { getContext, setContext } from 'svelte';
import type { AppUpdate } from './app-update.svelte.ts';
import type { BlobUrls } from './blob-urls.ts';
import type { Generation } from './generation.svelte.ts';
import type { Keepsakes } from './keepsakes.svelte.ts';
import type { Links } from './links.svelte.ts';
import type { Library } from './library.svelte.ts';
import type { Models } from './models.svelte.ts';
import type { Narration } from './narration.svelte.ts';
import type { Player } from './player.svelte.ts';
import type { Remix } from './remix.svelte.ts';
import type { Server } from './server.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import type { Studio } from './studio.svelte.ts';

/** What every component may ask for. */
export interface App {
  studio: Studio;
  player: Player;
  models: Models;
  library: Library;
  keepsakes: Keepsakes;
  settings: Settings;
  update: AppUpdate;
  server: Server;
  generation: Generation;
  narration: Narration;
  links: Links;
  remix: Remix;
  urls: BlobUrls;
  /** Opens a file: a video, a picture or a project file. */
  take: (file: File) => Promise<void>;
}

const KEY = Symbol('app');

/** Called once by the page. */
export const provideApp = (app: App): App => setContext(KEY, app);

/** The studio, the player, the models, the library, the settings and the blobs' URLs of this page. */
export const useApp = (): App => getContext<App>(KEY);
