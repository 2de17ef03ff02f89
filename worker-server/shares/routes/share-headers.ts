const COMMON = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
} as const;

/**
 * Headers of link pages: only our own scripts, nothing from other origins, not indexed by search engines, and no
 * cross-origin isolation, which would prevent embedding. Only the player may be framed.
 */
export function pageHeaders(kind: 'page' | 'embed', isThere: boolean): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    kind === 'embed' ? 'frame-ancestors *' : "frame-ancestors 'none'",
  ];
  return {
    ...COMMON,
    'Content-Security-Policy': policy.join('; '),
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'Cache-Control': isThere ? 'private, no-cache' : 'no-store',
    Vary: 'Accept-Language',
    ...(kind === 'embed'
      ? { 'Cross-Origin-Resource-Policy': 'cross-origin' }
      : { 'X-Frame-Options': 'DENY' }),
  };
}

/** Headers of uploaded files: browsers must never run them as a page (ASVS 5.0, 3.2.1). */
export function mediaHeaders(): Record<string, string> {
  return {
    ...COMMON,
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}
