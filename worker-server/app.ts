import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { guardToken } from './access/guard-token.ts';
import { guardOrigin } from './access/origins.ts';
import { answerOf } from './api-error.ts';
import { inlineScriptHashes } from './inline-script-hashes.ts';
import { Metrics } from './metrics.ts';
import { modelHubOrigins } from './model-hub.ts';
import { apiRoutes } from './routes/api.ts';
import { healthRoute } from './routes/health.ts';
import { socketRoute } from './routes/socket.ts';
import { securityHeaders, staySecure } from './security-headers.ts';
import type { Service } from './service.ts';
import { ConcurrencyLimit } from './access/concurrency-limit.ts';
import { viewRoutes } from './shares/routes/view.ts';
import type { ShareService } from './shares/share-service.ts';
import { staticSite } from './static-site.ts';

/** What the server needs to know about its surroundings. */
export interface AppOptions {
  /** The folder that `npm run build` made. */
  buildFolder: string;
  /** Other servers that pages may connect to. */
  connectOrigins?: readonly string[];
  /** The generation server; without it the app is served and nothing else. */
  service?: Service;
  /** Public links; they need the service for its limits. */
  shares?: ShareService | undefined;
}

/** Media of links that one address may be sent at once. */
const LINK_STREAMS = 24;

/** The app was not built, so there is nothing to serve. */
export class BuildMissingError extends Error {
  override name = 'BuildMissingError';
}

/**
 * The whole server without a port: `app.request()` answers in tests, `listen()` gives it a port.
 * @throws BuildMissingError when the folder holds no built app.
 */
export function createApp({ buildFolder, connectOrigins = [], service, shares }: AppOptions): Hono {
  if (!existsSync(join(buildFolder, 'app.html'))) {
    throw new BuildMissingError(`There is no built app in ${buildFolder}: run "npm run build" first.`);
  }
  const app = new Hono();
  // Before the headers of pages, which have no place in the answer to a handshake.
  if (service) app.route('/ws', socketRoute(service));
  // Before them too: pages of links are to be shown elsewhere, so that they have headers of their own.
  if (service && shares) app.route('/', viewRoutes(service, shares, new ConcurrencyLimit(LINK_STREAMS)));
  const fetchOrigins = [...modelHubOrigins(buildFolder), ...connectOrigins.flatMap(withSocket)];
  app.use(staySecure, securityHeaders(inlineScriptHashes(buildFolder), fetchOrigins));
  app.route('/healthz', healthRoute(service ?? null));
  if (service) mountService(app, service, shares);
  app.route('/', staticSite(buildFolder));
  app.notFound((c) => c.text('There is nothing at this address.', 404));
  app.onError((error) => answerOf(error));
  return app;
}

function mountService(app: Hono, service: Service, shares: ShareService | undefined): void {
  const { settings, rateLimits, clientOf } = service;
  const metrics = new Metrics(service);
  app.get(
    '/metrics',
    guardOrigin([], settings.TOKEN !== ''),
    guardToken(settings.TOKEN, rateLimits, clientOf),
    () => metrics.answer(),
  );
  app.use('/api/*', metrics.timeRequests);
  app.route('/api/v1', apiRoutes(service, shares));
}

/** An origin for fetch, and the same for sockets. */
function withSocket(origin: string): string[] {
  return [origin, origin.replace(/^http/, 'ws')];
}
