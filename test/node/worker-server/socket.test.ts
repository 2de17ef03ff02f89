import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import sharp from 'sharp';
import { streamOf } from '#lib/protocol/audio-frame.ts';
import { SocketClient } from '../../fixtures/server/socket-client.ts';
import { runTestServer, type TestServer } from '../../fixtures/server/run-test-server.ts';
import { TickEngine } from '../../fixtures/server/tick-engine.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const newId = () => randomBytes(16).toString('base64url');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const spec = { engine: 'tick', music: 'rain on a roof', seconds: 2, seed: 7 };

let server: TestServer;
beforeAll(async () => {
  server = await runTestServer({
    variables: { SUBMITS_PER_MINUTE: '1000', REQUESTS_PER_MINUTE: '10000', SOCKETS_PER_ADDRESS: '50' },
  });
});
afterAll(() => server[Symbol.asyncDispose]());

test('hello is answered with welcome, the engines and the limits', async () => {
  await using client = await SocketClient.open(server.socketUrl, { hello: false });
  client.send({ t: 'hello', v: 1 });
  expect(await client.receive('welcome')).toMatchObject({
    v: 1,
    engines: [{ name: 'tick', state: 'ready' }],
    limits: { messageBytes: 1048576, stillBytes: 524288, seconds: 300, candidates: 4 },
  });
  expect(client.socket.protocol).toBe('immersivaudio.v1');
  expect(client.socket.extensions).toBe('');
});

test('a job is accepted, runs, and its bytes match the digests of its parts', async () => {
  await using client = await SocketClient.open(server.socketUrl);
  const job = newId();
  client.send({ t: 'generate', job, spec: { ...spec, effects: 'thunder', candidates: 2 } });
  const { result } = await client.receive('done');
  await client.receiveLastFrame();
  const sound = client.sound();
  expect(sound.length).toBe(result.bytes);
  expect(result.parts.map(({ kind, candidate }) => `${kind} ${candidate}`)).toEqual([
    'music 0',
    'music 1',
    'effects 0',
    'effects 1',
  ]);
  for (const { offset, bytes, sha256: promised } of result.parts) {
    expect(sha256(sound.subarray(offset, offset + bytes))).toBe(promised);
  }
  const events = client.received.filter((message) => 'seq' in message);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(client.frames.every(({ stream }) => stream === streamOf(job))).toBe(true);
});

test('a client that attaches gets only the events and the bytes that it lacks', async () => {
  await using first = await SocketClient.open(server.socketUrl);
  const job = newId();
  first.send({ t: 'generate', job, spec: { ...spec, seed: 8 } });
  const { seq } = await first.receive('done');
  await first.receiveLastFrame();
  await using second = await SocketClient.open(server.socketUrl);
  second.send({ t: 'attach', job, seq: seq - 1, offset: 1000 });
  expect(await second.receive('done')).toMatchObject({ seq });
  await second.receiveLastFrame();
  expect(second.received.filter((message) => 'seq' in message)).toHaveLength(1);
  expect(second.frames[0]!.offset).toBe(1000);
  expect(second.sound()).toEqual(first.sound().subarray(1000));
});

test('attaching to a job twice starts no second stream', async () => {
  const engine = new TickEngine({ isOpen: false });
  await using held = await runTestServer({ engine });
  await using client = await SocketClient.open(held.socketUrl);
  const job = newId();
  client.send({ t: 'generate', job, spec });
  await client.receive('accepted');
  client.send({ t: 'attach', job, seq: 0, offset: 0 });
  client.send({ t: 'ping', n: 1 });
  await client.receive('pong');
  engine.open();
  const { result } = await client.receive('done');
  await client.receiveLastFrame();
  expect(client.sound().length).toBe(result.bytes);
  expect(client.received.filter(({ t }) => t === 'accepted')).toHaveLength(1);
});

test('an offset beyond the end gives only the last frame', async () => {
  await using client = await SocketClient.open(server.socketUrl);
  const job = newId();
  client.send({ t: 'generate', job, spec: { ...spec, seed: 9 } });
  const { result } = await client.receive('done');
  await client.receiveLastFrame();
  await using late = await SocketClient.open(server.socketUrl);
  late.send({ t: 'attach', job, seq: 1000, offset: 1e12 });
  await late.receiveLastFrame();
  expect(late.frames).toHaveLength(1);
  expect(late.frames[0]!.offset).toBe(result.bytes);
  expect(late.frames[0]!.payload).toHaveLength(0);
});

test('an unknown job is an error, and the socket stays open', async () => {
  await using client = await SocketClient.open(server.socketUrl);
  const job = newId();
  client.send({ t: 'attach', job, seq: 0, offset: 0 });
  expect(await client.receive('error')).toMatchObject({ job, error: { name: 'JobUnknownError' } });
  client.send({ t: 'ping', n: 5 });
  expect(await client.receive('pong')).toEqual({ t: 'pong', n: 5 });
});

test('a cancelled job ends, and cancelling it again has no effect', async () => {
  const engine = new TickEngine({ isOpen: false });
  await using held = await runTestServer({ engine });
  await using client = await SocketClient.open(held.socketUrl);
  const job = newId();
  client.send({ t: 'generate', job, spec });
  await client.receive('started');
  client.send({ t: 'cancel', job });
  await client.receive('cancelled');
  client.send({ t: 'cancel', job });
  client.send({ t: 'ping', n: 1 });
  await client.receive('pong');
  expect(client.received.filter(({ t }) => t === 'error')).toEqual([]);
  expect(client.frames).toEqual([]);
});

test.each([
  ['no JSON', 'rain', undefined],
  ['no object', '17', undefined],
  ['an unknown type', { t: 'sing' }, 't'],
  ['an unknown field', { t: 'ping', n: 1, m: 2 }, 'm'],
  ['a number out of range', { t: 'generate', job: newId(), spec: { ...spec, seconds: 301 } }, 'spec.seconds'],
  ['an id that is none', { t: 'cancel', job: 'short' }, 'job'],
  ['text that is too long', 'x'.repeat(70_000), undefined],
  ['unannounced bytes', Buffer.from('abc'), undefined],
])('%s is refused with the path of the invalid field, and the socket stays open', async (_, message, at) => {
  await using client = await SocketClient.open(server.socketUrl);
  if (Buffer.isBuffer(message)) client.socket.send(message);
  else client.send(message);
  const { error, at: path } = await client.receive('error');
  expect(error.name).toBe('MessageError');
  expect(error.message).toMatch(/^[A-Z].*\.$/s);
  expect(path).toBe(at);
  client.send({ t: 'ping', n: 1 });
  await expect(client.receive('pong')).resolves.toBeDefined();
});

test('the error names the refused job', async () => {
  await using client = await SocketClient.open(server.socketUrl);
  const job = newId();
  client.send({ t: 'generate', job, spec: { ...spec, music: '' } });
  expect(await client.receive('error')).toMatchObject({ job, at: 'spec.music' });
  client.send({ t: 'generate', job, spec: { ...spec, engine: 'harp' } });
  expect(await client.receive('error')).toMatchObject({ job, error: { name: 'EngineError' } });
});

test('another protocol version is refused, and the client may try again', async () => {
  await using client = await SocketClient.open(server.socketUrl, { hello: false });
  client.send({ t: 'hello', v: 9 });
  expect(await client.receive('error')).toMatchObject({ error: { name: 'VersionError' }, at: 'v' });
  client.send({ t: 'hello', v: 1 });
  await expect(client.receive('welcome')).resolves.toBeDefined();
});

test('messages before hello are refused', async () => {
  await using client = await SocketClient.open(server.socketUrl, { hello: false });
  client.send({ t: 'generate', job: newId(), spec });
  expect(await client.receive('error')).toMatchObject({ error: { message: 'Say hello first.' } });
});

test('the sixth bad message closes the socket with 1008', async () => {
  await using client = await SocketClient.open(server.socketUrl);
  for (let count = 0; count < 6; count++) client.send('no message');
  expect(await client.closed).toBe(1008);
  expect(client.received.filter(({ t }) => t === 'error')).toHaveLength(6);
});

test('a message above a mebibyte closes the socket with 1009', async () => {
  await using client = await SocketClient.open(server.socketUrl);
  client.send('x'.repeat((1 << 20) + 1));
  expect(await client.closed).toBe(1009);
});

test('messages above the rate limit are refused, and the sixth closes the socket', async () => {
  await using client = await SocketClient.open(server.socketUrl);
  for (let n = 0; n < 110; n++) client.send({ t: 'ping', n });
  expect(await client.closed).toBe(1008);
  expect(await client.receive('error')).toMatchObject({ error: { name: 'RateLimitError' } });
});

test('two jobs whose ids share their first 32 bits can’t be followed at one socket', async () => {
  const engine = new TickEngine({ isOpen: false });
  await using held = await runTestServer({ engine });
  await using client = await SocketClient.open(held.socketUrl);
  const job = newId();
  const twin = job.slice(0, 8) + newId().slice(8);
  client.send({ t: 'generate', job, spec });
  await client.receive('accepted');
  client.send({ t: 'generate', job: twin, spec: { ...spec, seed: 2 } });
  expect(await client.receive('error')).toMatchObject({ job: twin, error: { name: 'JobConflictError' } });
});

test('a full queue is an error with the time to retry', async () => {
  const engine = new TickEngine({ isOpen: false });
  await using held = await runTestServer({ engine, variables: { JOBS_PER_CLIENT: '1' } });
  await using client = await SocketClient.open(held.socketUrl);
  client.send({ t: 'generate', job: newId(), spec });
  await client.receive('started');
  client.send({ t: 'generate', job: newId(), spec: { ...spec, seed: 2 } });
  await client.receive('accepted');
  const job = newId();
  client.send({ t: 'generate', job, spec: { ...spec, seed: 3 } });
  const { error, retryAfterMs } = await client.receive('error');
  expect(error.name).toBe('QueueFullError');
  expect(retryAfterMs).toBeGreaterThan(0);
});

test('a still is sent after its message and described, and the engine gets a plain JPEG', async () => {
  await using client = await SocketClient.open(server.socketUrl);
  const png = await sharp({ create: { width: 1500, height: 20, channels: 4, background: '#ff000080' } })
    .png()
    .withExif({ IFD0: { Artist: 'somebody' } })
    .toBuffer();
  const still = { mime: 'image/png', bytes: png.length, sha256: sha256(png) };
  const job = newId();
  client.send({ t: 'describe', job, spec: { engine: 'tick', question: 'What is it?' }, still });
  client.socket.send(png);
  const { result } = await client.receive('done');
  const seen = server.engine.stills.at(-1)!;
  expect(result.text).toBe(`A still of ${seen.length} bytes.`);
  const facts = await sharp(seen).metadata();
  expect(facts).toMatchObject({ format: 'jpeg', width: 1024, hasAlpha: false });
  expect(facts.exif).toBeUndefined();
});

test.each([
  ['of another size', (png: Buffer) => ({ bytes: png.length + 1, sha256: sha256(png) }), 'still.bytes'],
  ['with another digest', (png: Buffer) => ({ bytes: png.length, sha256: 'ab'.repeat(32) }), 'still.sha256'],
])('a still %s than announced is refused', async (_, announce, at) => {
  await using client = await SocketClient.open(server.socketUrl);
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const job = newId();
  const still = { mime: 'image/png', ...announce(png) };
  client.send({ t: 'describe', job, spec: { engine: 'tick', question: 'What?' }, still });
  client.socket.send(png);
  expect(await client.receive('error')).toMatchObject({ job, at });
});
