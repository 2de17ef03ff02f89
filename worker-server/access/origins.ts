import type { Context, MiddlewareHandler } from 'hono';
import { ApiError } from '../api-error.ts';
import { isLoopback } from '../settings.ts';

/**
 * Accepts requests from pages of our own and of allowed origins, and from programs, which send no origin. Without a
 * token the Host must also be a name of this machine, otherwise DNS rebinding would make foreign pages same-origin.
 * @throws ApiError 403
 */
export function guardOrigin(allowed: readonly string[], isGuardedByToken: boolean): MiddlewareHandler {
  const allowedHosts = allowed.map((origin) => new URL(origin).host);
  return async (c, next) => {
    const host = hostOf(c);
    if (!isGuardedByToken && !isOwnName(host) && !allowedHosts.includes(host)) {
      throw forbidden(`This server doesn't answer to the name ${host.slice(0, 100)}.`);
    }
    const origin = c.req.header('Origin');
    const isForeign =
      origin === undefined ? isCrossSite(c) : !isOwn(origin, host) && !allowed.includes(origin);
    if (isForeign) throw forbidden('Pages of this origin may not use the server: see ALLOWED_ORIGINS.');
    return next();
  };
}

/** Host and port that the client used. */
function hostOf(c: Context): string {
  return (c.req.header('Host') ?? new URL(c.req.url).host).toLowerCase();
}

/** Browsers send no Origin with some cross-site requests, such as images, but they do send Sec-Fetch-Site. */
function isCrossSite(c: Context): boolean {
  return ['cross-site', 'same-site'].includes(c.req.header('Sec-Fetch-Site') ?? '');
}

function isOwn(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

function isOwnName(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '');
  return isLoopback(name) || name.endsWith('.localhost');
}

function forbidden(message: string): ApiError {
  return new ApiError(403, 'OriginError', message);
}
