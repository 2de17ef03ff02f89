import type { Context } from 'hono';

/**
 * The origin under which clients reach this server: PUBLIC_URL where it is set, otherwise the Host of the request. An
 * invalid Host is not echoed.
 */
export function publicOrigin(c: Context, setting: string): string {
  if (setting !== '') return setting;
  const host = c.req.header('Host') ?? new URL(c.req.url).host;
  if (!/^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i.test(host)) return 'http://localhost';
  const isSecure = (c.req.header('X-Forwarded-Proto') ?? new URL(c.req.url).protocol).startsWith('https');
  return `${isSecure ? 'https' : 'http'}://${host}`;
}
