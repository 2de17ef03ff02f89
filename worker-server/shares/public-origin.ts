import type { Context } from 'hono';

/**
 * Where others reach this server: what the settings say, else the name that it was called by. Names that are none are
 * not repeated.
 */
export function publicOrigin(c: Context, setting: string): string {
  if (setting !== '') return setting;
  const host = c.req.header('Host') ?? new URL(c.req.url).host;
  if (!/^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i.test(host)) return 'http://localhost';
  const isSecure = (c.req.header('X-Forwarded-Proto') ?? new URL(c.req.url).protocol).startsWith('https');
  return `${isSecure ? 'https' : 'http'}://${host}`;
}
