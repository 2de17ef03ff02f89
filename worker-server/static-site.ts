import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';

const IMMUTABLE = '/_app/immutable/';

/**
 * Serves the output of adapter-static: pages without `.html` in the URL, precompressed files, byte ranges, and the app's
 * fallback page for unknown URLs.
 */
export function staticSite(folder: string): Hono {
  const site = new Hono();
  site.use(etag(), fileTag, cacheControl);
  site.use(
    serveStatic({
      root: folder,
      precompressed: true,
      rewriteRequestPath: (path) => (existsSync(join(folder, `${path}.html`)) ? `${path}.html` : path),
    }),
  );
  const fallbackPage = serveStatic({ root: folder, path: 'app.html', precompressed: true });
  site.use(async (c, next) => {
    const wantsPage = c.req.header('Accept')?.includes('text/html') && !c.req.path.startsWith('/_app/');
    if (!wantsPage) return next();
    const page = await fallbackPage(c, next);
    return page && new Response(page.body, { status: 404, headers: page.headers });
  });
  return site;
}

/** Sets a weak ETag from the size and date of the file, so that files needn't be read and hashed. */
const fileTag: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  const bytes = headers.get('Content-Range')?.split('/')[1] ?? headers.get('Content-Length');
  const changed = Date.parse(headers.get('Last-Modified') ?? '');
  if (bytes && changed) {
    const encoding = headers.get('Content-Encoding') ?? 'plain';
    c.header('ETag', `W/"${changed.toString(36)}-${Number(bytes).toString(36)}-${encoding}"`);
  }
};

/** Files with a hash in their name never change; all others are revalidated. */
const cacheControl: MiddlewareHandler = async (c, next) => {
  await next();
  const isForever = c.res.ok && c.req.path.startsWith(IMMUTABLE);
  c.header('Cache-Control', isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (c.res.ok) c.header('Accept-Ranges', 'bytes');
};
