import type { Context, MiddlewareHandler } from 'hono';
import { ApiError } from '../api-error.ts';
import { isLoopback } from '../settings.ts';

/**
 * Lets pages of our own origin and of allowed ones in, and programs that name no origin. Where no token guards the
 * server, the name that it is called by must be one of this machine's: a stranger's name that points here (DNS
 * rebinding) makes the stranger's pages look like ours.
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

/** The name and port that the server was called by. */
function hostOf(c: Context): string {
  return (c.req.header('Host') ?? new URL(c.req.url).host).toLowerCase();
}

/** Browsers name no origin in some requests of foreign pages, such as pictures, but say where they come from. */
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
