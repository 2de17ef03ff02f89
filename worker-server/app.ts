import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { guardToken } from './access/guard-token.ts';
import { guardOrigin } from './access/origins.ts';
import { answerOf } from './api-error.ts';
import { inlineScriptHashes, modelHubOrigins } from './csp-sources.ts';
import { Metrics } from './metrics.ts';
import { apiRoutes } from './routes/api.ts';
import { healthRoute } from './routes/health.ts';
import { socketRoute } from './routes/socket.ts';
import { securityHeaders, staySecure } from './security-headers.ts';
import type { Service } from './service.ts';
import { ConcurrencyLimit } from './access/concurrency-limit.ts';
import { viewRoutes } from './shares/routes/view.ts';
import type { ShareService } from './shares/share-service.ts';
import { staticSite } from './static-site.ts';

/** What the app consists of. */
export interface AppOptions {
  /** Output of `npm run build`. */
  buildFolder: string;
  /** Origins of other servers that pages may connect to. */
  connectOrigins?: readonly string[];
  /** The generation server. Without it only the app is served. */
  service?: Service;
  /** Public links, which need the service for its limits. */
  shares?: ShareService | undefined;
}

/** Concurrent streams of link media per address. */
const LINK_STREAMS = 24;

/** The app has not been built. */
export class BuildMissingError extends Error {
  override name = 'BuildMissingError';
}

/**
 * Creates the server without a port: tests call `app.request()`, `listen()` opens a port.
 * @throws BuildMissingError when the build folder contains no app.
 */
export function createApp({ buildFolder, connectOrigins = [], service, shares }: AppOptions): Hono {
  if (!existsSync(join(buildFolder, 'app.html'))) {
    throw new BuildMissingError(`There is no built app in ${buildFolder}: run "npm run build" first.`);
  }
  const app = new Hono();
  // Before the security headers, which don't belong in the response of a handshake.
  if (service) app.route('/ws', socketRoute(service));
  // Before them too: link pages can be embedded, so they have other headers.
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

/** An origin as CSP sources for fetch and for WebSockets. */
function withSocket(origin: string): string[] {
  return [origin, origin.replace(/^http/, 'ws')];
}
