import type { Context } from 'hono';
import { bodyStream } from '../../routes/body-stream.ts';
import { readByteRange } from '../../routes/byte-range.ts';
import type { ShareService } from '../share-service.ts';
import type { Share } from '../store/share-table.ts';
import { mediaHeaders } from './share-headers.ts';

const ENDINGS: Record<string, string> = {
  ...{
    'video/mp4': 'mp4',
    'video/webm': 'webm',
    'audio/mp4': 'm4a',
    'audio/webm': 'weba',
    'audio/wav': 'wav',
  },
  'application/octet-stream': 'sealed',
};

/**
 * Sends a file of a link: media in whole or one range of it, pictures always in whole.
 * @param release Releases the client's stream slot when the response has ended.
 */
export function sendMedia(
  c: Context,
  shares: ShareService,
  share: Share,
  kind: 'media' | 'poster' | 'card',
  release: () => void,
): Response {
  const isMedia = kind === 'media';
  const tag = `"${share.id.slice(0, 8)}-${kind}"`;
  const headers: Record<string, string> = {
    ...mediaHeaders(),
    'Content-Type': isMedia ? share.mediaType : 'image/jpeg',
    ETag: tag,
    // Revalidated each time, so that a deleted link is gone at once.
    'Cache-Control': 'private, no-cache',
  };
  const finish = (status: 200 | 206 | 304 | 404 | 416, more: Record<string, string> = {}) => {
    release();
    return c.body(null, status, { ...headers, ...more });
  };
  const hasCard = share.hasPoster || share.form === 'recipe';
  if ((kind === 'poster' && !share.hasPoster) || (kind === 'card' && !hasCard)) return finish(404);
  if (c.req.header('If-None-Match') === tag) return finish(304);
  if (isMedia) headers['Content-Disposition'] = disposition(share, c.req.query('download') !== undefined);
  const ifRange = c.req.header('If-Range');
  const wanted = isMedia && (ifRange === undefined || ifRange === tag) ? c.req.header('Range') : undefined;
  const range = readByteRange(wanted, share.mediaBytes);
  if (isMedia) headers['Accept-Ranges'] = 'bytes';
  if (range === 'unsatisfiable') return finish(416, { 'Content-Range': `bytes */${share.mediaBytes}` });
  if (isMedia) headers['Content-Length'] = String(range ? range.last - range.first + 1 : share.mediaBytes);
  if (range) headers['Content-Range'] = `bytes ${range.first}-${range.last}/${share.mediaBytes}`;
  const status = range ? 206 : 200;
  if (c.req.method === 'HEAD') return finish(status);
  const body = bodyStream((signal) => shares.blobs.get(`${share.id}.${kind}`, range, signal), release);
  return c.body(body, status, headers);
}

/** The title is sent percent-encoded only (RFC 6266, RFC 8187), so that it can't inject anything into the header. */
function disposition({ title, mediaType }: Share, isDownload: boolean): string {
  const ending = ENDINGS[mediaType] ?? 'bin';
  if (!isDownload) return `inline; filename="soundtrack.${ending}"`;
  const name = encodeURIComponent(
    `${title.replace(/[/\\]/g, ' ').toWellFormed() || 'soundtrack'}.${ending}`,
  ).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="soundtrack.${ending}"; filename*=UTF-8''${name}`;
}
