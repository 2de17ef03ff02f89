import type { IncomingMessage } from 'node:http';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { clientAddress } from '../../../../worker-server/access/client-address.ts';
import { testSettings } from '../../../fixtures/server/test-settings.ts';

const { TRUSTED_PROXIES: proxies } = testSettings({ TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8' });
const app = new Hono().get('/', (c) => c.text(clientAddress(c, proxies)));

async function addressOf(remoteAddress: string, forwardedFor?: string): Promise<string> {
  const headers = forwardedFor === undefined ? undefined : { 'X-Forwarded-For': forwardedFor };
  const incoming = { socket: { remoteAddress } } as IncomingMessage;
  return (await app.request('/', { headers }, { incoming })).text();
}

test.each([
  ['203.0.113.7', undefined, '203.0.113.7'],
  ['::ffff:203.0.113.7', undefined, '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
  ['2001:db8::1', undefined, '2001:db8:0:0::/64'],
  ['::1', undefined, '0:0:0:0::/64'],
  ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', undefined, '64:ff9b:0:0::/64'],
])('%s without a proxy is its own client or network', async (peer, forwarded, expected) => {
  expect(await addressOf(peer, forwarded)).toBe(expected);
});

test('a header that no trusted proxy wrote is ignored', async () => {
  expect(await addressOf('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
});

test('behind trusted proxies the client is the nearest other address', async () => {
  expect(await addressOf('10.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
  expect(await addressOf('10.0.0.1', '192.0.2.66, 198.51.100.1, 10.9.9.9')).toBe('198.51.100.1');
  expect(await addressOf('fd00::1', '2001:db8:1:2::9')).toBe('2001:db8:1:2::/64');
});

test('invalid addresses in the header are ignored', async () => {
  expect(await addressOf('10.0.0.1', 'unknown')).toBe('10.0.0.1');
  expect(await addressOf('10.0.0.1', '')).toBe('10.0.0.1');
});
