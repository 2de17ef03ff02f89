import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import sharp from 'sharp';
import { expectedSound, followRemote, sha256 } from '../../../fixtures/server/follow-remote.ts';
import { runTestServer } from '../../../fixtures/server/run-test-server.ts';
import { SocketClient } from '../../../fixtures/server/socket-client.ts';
import { TickEngine } from '../../../fixtures/server/tick-engine.ts';

vi.setConfig({ testTimeout: 60_000 });

const newId = () => randomBytes(16).toString('base64url');
const WIDE_OPEN = {
  REQUESTS_PER_MINUTE: '100000',
  SUBMITS_PER_MINUTE: '100000',
  SOCKETS_PER_ADDRESS: '1000',
};

async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

test('stalled readers buffer a mebibyte each, are disconnected, and resume when they reconnect', async () => {
  await using server = await runTestServer({
    variables: WIDE_OPEN,
    timeouts: { ping: 4000, stall: 1500 },
  });
  const spec = { seconds: 300, seed: 1, candidates: 4 };
  const whole = expectedSound(spec);
  const job = newId();
  await using maker = await SocketClient.open(server.socketUrl);
  maker.send({ t: 'generate', job, spec: { engine: 'tick', music: 'ticks', ...spec } });
  await maker.receive('done');

  const stalled = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const client = await SocketClient.open(server.socketUrl);
      client.send({ t: 'attach', job, seq: 0, offset: 0 });
      client.socket.pause();
      return client;
    }),
  );
  const waiting = () => metric(server.url, 'immersivaudio_socket_waiting_bytes');
  await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThan(3 << 20);
  expect(await waiting()).toBeLessThan(3 * ((1 << 20) + 2 * 65_552));
  // Only the reader that is not stalled stays connected.
  await expect.poll(() => metric(server.url, 'immersivaudio_sockets'), { timeout: 20_000 }).toBe(1);
  expect(await waiting()).toBe(0);

  for (const client of stalled) {
    client.socket.resume();
    expect(await client.closed).toBe(1006);
    const begun = client.sound();
    expect(begun.length).toBeLessThan(whole.length);
    await using again = await SocketClient.open(server.socketUrl);
    again.send({ t: 'attach', job, seq: 0, offset: begun.length });
    await again.receiveLastFrame();
    expect(sha256(Buffer.concat([begun, again.sound()]))).toBe(sha256(whole));
  }
});

test('a slow reader is not disconnected', async () => {
  await using server = await runTestServer({ timeouts: { ping: 2000, stall: 400 } });
  const spec = { seconds: 300, seed: 2, candidates: 2 };
  const job = newId();
  await using client = await SocketClient.open(server.socketUrl);
  client.send({ t: 'generate', job, spec: { engine: 'tick', music: 'ticks', ...spec } });
  const beat = setInterval(() => {
    client.socket.pause();
    setTimeout(() => client.socket.resume(), 30);
  }, 45);
  await client.receiveLastFrame();
  clearInterval(beat);
  expect(sha256(client.sound())).toBe(sha256(expectedSound(spec)));
});

test('clients are disconnected that answer no pings, are idle, or send no hello', async () => {
  await using server = await runTestServer({ timeouts: { ping: 100, hello: 150, idle: 600 } });
  await using deaf = await SocketClient.open(server.socketUrl);
  // A paused socket does not answer pings.
  deaf.socket.pause();
  await expect.poll(() => metric(server.url, 'immersivaudio_sockets'), { timeout: 10_000 }).toBe(0);
  await using silent = await SocketClient.open(server.socketUrl);
  await using rude = await SocketClient.open(server.socketUrl, { hello: false });
  expect(await rude.closed).toBe(4003);
  expect(await silent.closed).toBe(4003);
});

test('a client that follows a job may be silent until the job ends', async () => {
  const engine = new TickEngine({ isOpen: false });
  await using server = await runTestServer({ engine, timeouts: { ping: 100, idle: 200 } });
  await using client = await SocketClient.open(server.socketUrl);
  client.send({ t: 'generate', job: newId(), spec: { engine: 'tick', music: 'ticks', seconds: 1 } });
  await client.receive('started');
  // A client that sent its last message later is closed, as it follows no job.
  await using idle = await SocketClient.open(server.socketUrl);
  expect(await idle.closed).toBe(4003);
  engine.open();
  await expect(client.receive('done')).resolves.toBeDefined();
});

const nearlyRight = fc.record(
  {
    t: fc.constantFrom('hello', 'generate', 'describe', 'attach', 'cancel', 'ping', '__proto__', ''),
    v: fc.anything(),
    job: fc.oneof(fc.string(), fc.constant('AAAAAAAAAAAAAAAAAAAAA'), fc.anything()),
    n: fc.oneof(fc.double(), fc.constant(-1), fc.string()),
    spec: fc.oneof(
      fc.anything(),
      fc.record({ engine: fc.string(), music: fc.string(), seconds: fc.double(), seed: fc.anything() }),
    ),
    still: fc.anything(),
    seq: fc.anything(),
    offset: fc.constantFrom(-1, 2 ** 64, 0.5, 'x'),
    ['__proto__']: fc.anything(),
    extra: fc.anything(),
  },
  { requiredKeys: ['t', 'extra'] },
);
const malformed = fc.oneof(
  fc.string(),
  fc.json(),
  fc.uint8Array({ maxLength: 2000 }),
  nearlyRight.map((message) =>
    JSON.stringify(message, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
  ),
);

test('a thousand malformed messages are refused, start nothing, and don’t affect the next job', async () => {
  await using server = await runTestServer({ variables: WIDE_OPEN });
  const messages = fc.sample(malformed, { numRuns: 1000, seed: 20261121 });
  let refused = 0;
  // Five per socket: the sixth would close it.
  for (let at = 0; at < messages.length; at += 5) {
    await using client = await SocketClient.open(server.socketUrl);
    const bad = messages.slice(at, at + 5);
    for (const message of bad) client.socket.send(message);
    client.send({ t: 'ping', n: at });
    expect(await client.receive('pong')).toEqual({ t: 'pong', n: at });
    const errors = client.received.filter(({ t }) => t === 'error');
    expect(errors).toHaveLength(bad.length);
    refused += errors.length;
  }
  expect(refused).toBe(1000);
  expect(server.engine.begun).toEqual([]);
  const spec = { seconds: 1, seed: 1 };
  expect(sha256((await followRemote(server.port, spec)).sound)).toBe(sha256(expectedSound(spec)));
});

const hostile: [string, () => Promise<Buffer>, string][] = [
  [
    'a decompression bomb',
    () =>
      sharp({ create: { width: 16_000, height: 8000, channels: 3, background: 'red' } })
        .png({ compressionLevel: 9 })
        .toBuffer(),
    'image/png',
  ],
  ['an SVG', () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), 'image/png'],
  ['bytes that are no picture', () => Promise.resolve(Buffer.from('GIF89a, or so they say')), 'image/jpeg'],
];

test.each(hostile)('%s instead of a still is refused before it reaches an engine', async (_, make, mime) => {
  await using server = await runTestServer();
  await using client = await SocketClient.open(server.socketUrl);
  const bytes = await make();
  const job = newId();
  const still = { mime, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  client.send({ t: 'describe', job, spec: { engine: 'tick', question: 'What is it?' }, still });
  client.socket.send(bytes);
  expect(await client.receive('error')).toMatchObject({ job, at: 'still', error: { name: 'StillError' } });
  client.send({ t: 'ping', n: 1 });
  await client.receive('pong');
  expect(server.engine.begun).toEqual([]);
});
