import { randomBytes } from 'node:crypto';
import { renderUnicodeCompact } from 'uqr';
import type { Settings } from '../settings.ts';
import { findTunnel, openTunnel, type OpenTunnel } from './open-tunnel.ts';

/** What has to be known before the server starts: that there is a tunnel, a token, and who the proxy is. @throws TunnelError */
export function prepareForPublic(settings: Settings): { isNewToken: boolean } {
  findTunnel();
  // The tunnel's program is on this machine and tells whom it speaks for.
  settings.TRUSTED_PROXIES.addAddress('127.0.0.1');
  settings.TRUSTED_PROXIES.addAddress('::1', 'ipv6');
  if (settings.TOKEN !== '') return { isNewToken: false };
  settings.TOKEN = randomBytes(18).toString('base64url');
  return { isNewToken: true };
}

/** Opens the tunnel to a server that runs; its links are public ones from now on. @throws TunnelError */
export async function goPublic(settings: Settings, port: number): Promise<OpenTunnel> {
  const tunnel = await openTunnel(findTunnel(), port);
  if (settings.PUBLIC_URL === '') settings.PUBLIC_URL = tunnel.url;
  return tunnel;
}

/** What is printed once it is open: the address as words and as a code for a camera, and the token if it is new. */
export function publicNews({ url, name }: OpenTunnel, newToken: string | null): string {
  return [
    '',
    renderUnicodeCompact(url),
    '',
    `The app is open to the internet at ${url} (through ${name}).`,
    ...(newToken ? [`Its token, for making sound and links: ${newToken} (set TOKEN to keep one).`] : []),
    'Anybody may open the app; only who has the token may let this machine work.',
  ].join('\n');
}
