import type { Context, MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

const ONE_YEAR_SECONDS = 31_536_000;

/**
 * Middleware for cross-origin isolation, which WebAssembly threads require, and for the content security policy.
 * @param scriptHashes CSP sources such as `'sha256-…'` of the inline scripts in the built pages.
 * @param fetchOrigins Further origins that pages may connect to. The list is explicit because the policy guarantees that
 * videos stay on the device.
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
    // Set by `staySecure`, only on encrypted connections.
    strictTransportSecurity: false,
    permissionsPolicy: { camera: [], microphone: ['self'], geolocation: [], payment: [], usb: [] },
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

/** The CSP source of our own WebSocket: not every browser includes it in `'self'`. */
function ownSocket(c: Context): string {
  const host = c.req.header('Host') ?? '';
  if (!/^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i.test(host)) return "'self'";
  return `${isSecure(c) ? 'wss' : 'ws'}://${host}`;
}

function isSecure(c: Context): boolean {
  return (c.req.header('X-Forwarded-Proto') ?? new URL(c.req.url).protocol.replace(':', '')) === 'https';
}

/** Sets HSTS for a year on requests that came by https, directly or through a proxy (ASVS 5.0, 3.4.1). */
export const staySecure: MiddlewareHandler = async (c, next) => {
  await next();
  if (isSecure(c)) {
    c.header('Strict-Transport-Security', `max-age=${ONE_YEAR_SECONDS}; includeSubDomains`);
  }
};
