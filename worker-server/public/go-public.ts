import { randomBytes } from 'node:crypto';
import { renderUnicodeCompact } from 'uqr';
import type { Settings } from '../settings.ts';
import { findTunnel, openTunnel, type OpenTunnel } from './open-tunnel.ts';

/** Checks that a tunnel is installed, trusts its proxy, and creates a token if there is none. @throws TunnelError */
export function prepareForPublic(settings: Settings): { isNewToken: boolean } {
  findTunnel();
  // The tunnel connects from this machine and sends X-Forwarded-For.
  settings.TRUSTED_PROXIES.addAddress('127.0.0.1');
  settings.TRUSTED_PROXIES.addAddress('::1', 'ipv6');
  if (settings.TOKEN !== '') return { isNewToken: false };
  settings.TOKEN = randomBytes(18).toString('base64url');
  return { isNewToken: true };
}

/** Opens a tunnel to a running server, and uses its address in links from now on. @throws TunnelError */
export async function goPublic(settings: Settings, port: number): Promise<OpenTunnel> {
  const tunnel = await openTunnel(findTunnel(), port);
  if (settings.PUBLIC_URL === '') settings.PUBLIC_URL = tunnel.url;
  return tunnel;
}

/** The message for the terminal: the address as text and as a QR code, and the token if it is new. */
export function publicMessage({ url, name }: OpenTunnel, newToken: string | null): string {
  return [
    '',
    renderUnicodeCompact(url),
    '',
    `The app is open to the internet at ${url} (through ${name}).`,
    ...(newToken ? [`Its token, for making sound and links: ${newToken} (set TOKEN to keep one).`] : []),
    'Anybody may open the app; only who has the token may let this machine work.',
  ].join('\n');
}
