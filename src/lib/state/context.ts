import { getContext, setContext } from 'svelte';
import type { Audition } from './audition.svelte.ts';
import type { AppUpdate } from './app-update.svelte.ts';
import type { BlobUrls } from './blob-urls.ts';
import type { RemoteGeneration } from './remote-generation.svelte.ts';
import type { Poster } from './poster.svelte.ts';
import type { Links } from './links.svelte.ts';
import type { Library } from './library.svelte.ts';
import type { Models } from './models.svelte.ts';
import type { RemoteDescription } from './remote-description.svelte.ts';
import type { Player } from './player.svelte.ts';
import type { Remix } from './remix.svelte.ts';
import type { Server } from './server.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import type { Sounds } from './sounds.ts';
import type { Studio } from './studio.svelte.ts';
import type { UncaughtErrors } from './uncaught-errors.svelte.ts';

/** Everything that components can access. */
export interface App {
  studio: Studio;
  player: Player;
  audition: Audition;
  models: Models;
  library: Library;
  poster: Poster;
  settings: Settings;
  update: AppUpdate;
  server: Server;
  generation: RemoteGeneration;
  remoteDescription: RemoteDescription;
  links: Links;
  remix: Remix;
  urls: BlobUrls;
  uncaughtErrors: UncaughtErrors;
  /** Loads what lays sounds onto the tracks. */
  openSounds: () => Promise<Sounds>;
  /** Opens a file: a video, a picture or a project file. */
  openFile: (file: File) => Promise<void>;
}

const KEY = Symbol('app');

/** Called once by the page. */
export const provideApp = (app: App): App => setContext(KEY, app);

/** The state of this page. */
export const useApp = (): App => getContext<App>(KEY);
