import type { Context, MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

const ONE_YEAR_SECONDS = 31_536_000;

/**
 * Sends the headers that isolate the page (so that WebAssembly may use threads) and keep strangers' code out.
 * @param scriptHashes CSP sources such as `'sha256-…'` for the inline scripts of the built pages.
 * @param fetchOrigins Origins besides our own that pages may fetch from or open sockets to. Only what is listed: a
 * policy that let pages connect anywhere would no longer keep a video on its device.
 */
export function securityHeaders(
  scriptHashes: readonly string[],
  fetchOrigins: readonly string[],
): MiddlewareHandler {
  return secureHeaders({
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginEmbedderPolicy: 'require-corp',
    crossOriginResourcePolicy: 'same-origin',
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    // Only a connection that is encrypted already may be told to stay so: see `staySecure`.
    strictTransportSecurity: false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...scriptHashes],
      styleSrc: ["'self'", "'unsafe-inline'"],
      workerSrc: ["'self'", 'blob:'],
      imgSrc: ["'self'", 'blob:', 'data:'],
      mediaSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'", ownSocket, 'blob:', ...fetchOrigins],
      formAction: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
}

/** Our own socket by its full name: not every browser counts `wss:` as a form of `'self'`. */
function ownSocket(c: Context): string {
  const host = c.req.header('Host') ?? '';
  if (!/^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i.test(host)) return "'self'";
  return `${isSecure(c) ? 'wss' : 'ws'}://${host}`;
}

function isSecure(c: Context): boolean {
  return (c.req.header('X-Forwarded-Proto') ?? new URL(c.req.url).protocol.replace(':', '')) === 'https';
}

/** Tells browsers that came by https, directly or through a proxy, to stay with it for a year (ASVS 5.0, 3.4.1). */
export const staySecure: MiddlewareHandler = async (c, next) => {
  await next();
  if (isSecure(c)) {
    c.header('Strict-Transport-Security', `max-age=${ONE_YEAR_SECONDS}; includeSubDomains`);
  }
};
