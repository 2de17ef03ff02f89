import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { inlineScriptHashes } from './inline-script-hashes.ts';
import { modelHubOrigins } from './model-hub.ts';
import { securityHeaders, staySecure } from './security-headers.ts';
import { staticSite } from './static-site.ts';

/** What the server needs to know about its surroundings. */
export interface AppOptions {
  /** The folder that `npm run build` made. */
  buildFolder: string;
}

/** The app was not built, so there is nothing to serve. */
export class BuildMissingError extends Error {
  override name = 'BuildMissingError';
}

/**
 * The whole server without a port: `app.request()` answers in tests, `listen()` gives it a port.
 * @throws BuildMissingError when the folder holds no built app.
 */
export function createApp({ buildFolder }: AppOptions): Hono {
  if (!existsSync(join(buildFolder, 'app.html'))) {
    throw new BuildMissingError(`There is no built app in ${buildFolder}: run "npm run build" first.`);
  }
  const app = new Hono();
  app.use(staySecure, securityHeaders(inlineScriptHashes(buildFolder), modelHubOrigins(buildFolder)));
  app.get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }));
  app.route('/', staticSite(buildFolder));
  app.notFound((c) => c.text('There is nothing at this address.', 404));
  app.onError((_, c) =>
    c.json({ error: { name: 'ServerError', message: 'The server met an error of its own.' } }, 500),
  );
  return app;
}
