const COMMON = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
} as const;

/**
 * What goes with a link's page: no script but our own files, nothing from elsewhere, no isolation (it would keep other
 * pages from showing the player), no trace in search engines. Only the player may stand in other pages.
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

/** What goes with bytes that strangers gave: they are never a page, whatever is in them (ASVS 5.0, 3.2.1). */
export function mediaHeaders(): Record<string, string> {
  return {
    ...COMMON,
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}
