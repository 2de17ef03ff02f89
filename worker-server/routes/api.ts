import { Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { EnginesAnswer, TicketAnswer } from '#lib/protocol/http-answers.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/messages.ts';
import { guardToken } from '../access/guard-token.ts';
import { guardOrigin } from '../access/origins.ts';
import { TICKET_MILLISECONDS } from '../access/ticket-store.ts';
import { answerOf, ApiError, toApiError } from '../api-error.ts';
import type { Service } from '../service.ts';
import { publishRoutes } from '../shares/routes/publish.ts';
import type { ShareService } from '../shares/share-service.ts';
import { jobRoutes } from './jobs.ts';
import { openApi } from './openapi.ts';

/** Headers of tus 1.0. */
const UPLOAD_HEADERS = ['Tus-Resumable', 'Upload-Length', 'Upload-Offset', 'Upload-Metadata'];

/** Routes under `/api/v1`. */
export function apiRoutes(service: Service, shares?: ShareService): Hono {
  const { settings, queue, tickets, rateLimits, clientOf, log } = service;
  const api = new Hono();
  api.use(
    noStore,
    guardOrigin(settings.ALLOWED_ORIGINS, settings.TOKEN !== ''),
    cors({
      origin: (origin) => (settings.ALLOWED_ORIGINS.includes(origin) ? origin : null),
      allowMethods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
      allowHeaders: [
        'Authorization',
        'Content-Type',
        'Idempotency-Key',
        'Last-Event-ID',
        'Range',
        'If-Range',
        ...UPLOAD_HEADERS,
      ],
      exposeHeaders: [
        ...['Location', 'Retry-After', 'ETag', 'Content-Range', 'Accept-Ranges'],
        ...UPLOAD_HEADERS,
      ],
      maxAge: 600,
    }),
    async (c, next) => {
      await rateLimits.count('requests', clientOf(c));
      return next();
    },
    guardToken(settings.TOKEN, rateLimits, clientOf),
  );
  api.get('/engines', async (c) => {
    const { queued, running } = await queue.stats();
    return c.json<EnginesAnswer>({ protocol: PROTOCOL_VERSION, engines: queue.engines(), queued, running });
  });
  api.post('/tickets', async (c) =>
    c.json<TicketAnswer>({ ticket: await tickets.issue(), expiresInMs: TICKET_MILLISECONDS }, 201),
  );
  const document = openApi();
  api.get('/openapi.json', (c) => c.json(document));
  api.route('/jobs', jobRoutes(service));
  if (shares) api.route('/shares', publishRoutes(service, shares));
  api.all('*', () => {
    throw new ApiError(
      404,
      'RouteUnknownError',
      'There is nothing at this address: see /api/v1/openapi.json.',
    );
  });
  api.onError((error, c) => {
    if (!toApiError(error))
      log.error({ path: c.req.routePath, error: error.stack }, 'unexpected error in a request');
    return answerOf(error);
  });
  return api;
}

/** Responses of the API are not cached unless they set Cache-Control. */
const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
};
