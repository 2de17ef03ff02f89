import { isIP, type BlockList } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/**
 * The client of a request as a key for limits: an IPv4 address, or the /64 network of an IPv6 address, which usually
 * belongs to one household. `X-Forwarded-For` is trusted only as far as trusted proxies wrote it.
 */
export function clientAddress(c: Context, proxies: BlockList): string {
  const bindings = c.env as Partial<HttpBindings> | undefined;
  const peer = plain(bindings?.incoming?.socket.remoteAddress ?? '');
  const chain = [...(c.req.header('X-Forwarded-For') ?? '').split(',').map(plain), peer];
  // From the nearest hop to the farthest: the first that is not a trusted proxy is the client.
  let address = chain.pop()!;
  while (isTrusted(address, proxies) && isIP(chain.at(-1) ?? '') !== 0) address = chain.pop()!;
  return isIP(address) === 6 ? network64(address) : address || 'unknown';
}

function isTrusted(address: string, proxies: BlockList): boolean {
  const family = isIP(address);
  return family !== 0 && proxies.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** Strips the zone of a link-local address and the IPv6 prefix of a mapped IPv4 address. */
function plain(address: string): string {
  return address
    .trim()
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '');
}

function network64(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail !== undefined) {
    const last = tail.split(':').filter(Boolean);
    // A dotted suffix, as in 64:ff9b::192.0.2.1, stands for two groups.
    const length = last.length + (tail.includes('.') ? 1 : 0);
    groups.push(...Array<string>(Math.max(0, 8 - groups.length - length)).fill('0'), ...last);
  }
  const four = groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16));
  return `${four.join(':')}::/64`;
}
