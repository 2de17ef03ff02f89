import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { toWebVtt } from '#lib/protocol/web-vtt.ts';
import type { ShareId } from '#lib/protocol/share.ts';
import { answerOf, ApiError, toApiError } from '../../api-error.ts';
import { staySecure } from '../../security-headers.ts';
import type { ConcurrencyLimit } from '../../access/concurrency-limit.ts';
import type { Service } from '../../service.ts';
import { gonePage } from '../page/gone-page.ts';
import { sharePage } from '../page/share-page.ts';
import { viewOf } from '../page/share-view.ts';
import { publicOrigin } from '../public-origin.ts';
import type { ShareService } from '../share-service.ts';
import type { Share } from '../store/share-table.ts';
import { sendMedia } from './send-media.ts';
import { mediaHeaders, pageHeaders } from './share-headers.ts';

const ID = ':id{[0-9A-Za-z]{22}}';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../page/files', name), 'utf8');
const style = (name: string) => ({ type: 'text/css; charset=utf-8', body: read(name) });
const script = (name: string) => ({ type: 'text/javascript; charset=utf-8', body: read(name) });

/** Static files under `/s/`. Their names can't be confused with ids. */
const PAGE_FILES = {
  'page.css': style('page.css'),
  'player.css': style('player.css'),
  'beside.js': script('beside.js'),
  'private.js': script('private.js'),
  'open-sealed.js': script('open-sealed.js'),
};

/** Public routes of links: page, embedded player, files, deletion and restoring with the secret. */
export function viewRoutes(
  service: Pick<Service, 'clientOf' | 'rateLimits'>,
  shares: ShareService,
  streamLimit: ConcurrencyLimit,
): Hono {
  const { clientOf, rateLimits } = service;
  const routes = new Hono();
  const limit: MiddlewareHandler = async (c, next) => {
    await rateLimits.count('requests', clientOf(c));
    await rateLimits.check('lostLinks', clientOf(c));
    await next();
  };
  /** Counts requests for unknown links, so that ids can't be guessed. */
  const find = async (c: Context): Promise<Share | 'gone' | null> => {
    const share = shares.find(c.req.param('id') as ShareId);
    if (share === null) await rateLimits.count('lostLinks', clientOf(c));
    return share;
  };
  const file = async (c: Context): Promise<Share> => {
    const share = await find(c);
    if (share && share !== 'gone') return share;
    throw new ApiError(404, 'ShareUnknownError', 'There is no such link.');
  };
  const page = (kind: 'page' | 'embed') => async (c: Context) => {
    const share = await find(c);
    const headers = pageHeaders(kind, share !== null && share !== 'gone');
    if (share === null || share === 'gone') {
      return c.html(
        gonePage(share ?? 'unknown', c.req.header('Accept-Language')),
        share ? 410 : 404,
        headers,
      );
    }
    const origin = publicOrigin(c, shares.settings.PUBLIC_URL);
    const view = viewOf(share, origin, shares.settings.SHARE_CONTACT);
    return c.html(sharePage(view, kind, c.req.header('Accept-Language')), 200, headers);
  };

  for (const path of ['/s/*', '/embed/*']) routes.use(path, staySecure, limit);
  for (const [name, { type, body }] of Object.entries(PAGE_FILES)) {
    routes.get(`/s/${name}`, (c) =>
      c.body(body, 200, {
        ...mediaHeaders(),
        'Content-Type': type,
        'Cache-Control': 'public, max-age=3600',
      }),
    );
  }
  routes.get(`/s/${ID}`, page('page'));
  routes.get(`/embed/${ID}`, page('embed'));
  routes.get(`/s/${ID}/media`, async (c) =>
    sendMedia(c, shares, await file(c), 'media', streamLimit.acquire(clientOf(c))),
  );
  routes.get(`/s/${ID}/poster.jpg`, async (c) =>
    sendMedia(c, shares, await file(c), 'poster', streamLimit.acquire(clientOf(c))),
  );
  routes.get(`/s/${ID}/card.jpg`, async (c) =>
    sendMedia(c, shares, await file(c), 'card', streamLimit.acquire(clientOf(c))),
  );
  routes.get(`/s/${ID}/captions.vtt`, async (c) => {
    const { details } = await file(c);
    return c.body(toWebVtt(details?.captions ?? []), 200, {
      ...mediaHeaders(),
      'Content-Type': 'text/vtt; charset=utf-8',
      'Cache-Control': 'private, no-cache',
    });
  });
  // The app of any server may open a link; knowing its id is the only permission needed.
  const anywhere = cors({
    origin: '*',
    allowMethods: ['GET', 'POST', 'DELETE'],
    allowHeaders: ['Authorization'],
  });
  routes.use(`/s/${ID}`, anywhere);
  routes.use(`/s/${ID}/recipe.json`, anywhere);
  routes.use(`/s/${ID}/restore`, anywhere);
  routes.get(`/s/${ID}/recipe.json`, async (c) => {
    const { details } = await file(c);
    if (!details?.recipe) throw new ApiError(404, 'RecipeMissingError', 'This link has no recipe.');
    return c.json(details.recipe, 200, { ...mediaHeaders(), 'Cache-Control': 'private, no-cache' });
  });
  const secretOf = async (c: Context): Promise<string> => {
    await rateLimits.check('wrongTokens', clientOf(c));
    const secret = /^Bearer +(\S{1,256})$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    if (secret !== undefined) return secret;
    throw new ApiError(401, 'ShareSecretError', 'Its secret is wanted as "Authorization: Bearer …".');
  };
  const withSecret = (work: (id: ShareId, secret: string) => Promise<void> | void) => async (c: Context) => {
    const secret = await secretOf(c);
    try {
      await work(c.req.param('id') as ShareId, secret);
    } catch (error) {
      if (error instanceof ApiError && error.status === 403)
        await rateLimits.count('wrongTokens', clientOf(c));
      throw error;
    }
    return c.body(null, 204, { 'Cache-Control': 'no-store' });
  };
  routes.delete(
    `/s/${ID}`,
    withSecret((id, secret) => shares.remove(id, secret)),
  );
  routes.post(
    `/s/${ID}/restore`,
    withSecret((id, secret) => shares.restore(id, secret)),
  );
  for (const path of ['/s/*', '/embed/*']) {
    routes.all(path, async (c) => {
      await rateLimits.count('lostLinks', clientOf(c));
      return c.html(gonePage('unknown', c.req.header('Accept-Language')), 404, pageHeaders('page', false));
    });
  }
  routes.onError((error) => {
    if (toApiError(error)) return answerOf(error);
    throw error;
  });
  return routes;
}
