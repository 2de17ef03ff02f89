import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { RawSocket, type RawFrame } from '../../fixtures/server/raw-socket.ts';
import { runTestServer, type TestServer } from '../../fixtures/server/run-test-server.ts';
import { SocketClient } from '../../fixtures/server/socket-client.ts';

vi.setConfig({ testTimeout: 30_000 });

const [CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG] = [0, 1, 2, 8, 9, 10] as const;
const HELLO = '{"t":"hello","v":1}';

let server: TestServer;
beforeAll(async () => {
  server = await runTestServer({
    variables: { REQUESTS_PER_MINUTE: '100000', SOCKETS_PER_ADDRESS: '1000' },
  });
});
afterAll(() => server[Symbol.asyncDispose]());

async function open(): Promise<RawSocket> {
  const { socket, status } = await RawSocket.open(server.port);
  expect(status).toBe(101);
  return socket;
}

const split = (text: string, at: number) => [text.slice(0, at), text.slice(at)] as const;
const [first, second] = split(HELLO, 7);

test.each<[string, RawFrame[]]>([
  ['a text in one frame', [{ opcode: TEXT, payload: HELLO }]],
  ['a length in 2 bytes that needed none', [{ opcode: TEXT, payload: HELLO, lengthBytes: 2 }]],
  [
    'a text in two fragments',
    [
      { opcode: TEXT, payload: first, isFinal: false },
      { opcode: CONTINUATION, payload: second },
    ],
  ],
  [
    'fragments of a byte each',
    [...HELLO].map((payload, at) => ({
      opcode: at ? CONTINUATION : TEXT,
      payload,
      isFinal: at === HELLO.length - 1,
    })),
  ],
  [
    'fragments that hold nothing',
    [
      { opcode: TEXT, isFinal: false },
      { opcode: CONTINUATION, isFinal: false },
      { opcode: CONTINUATION, payload: HELLO },
    ],
  ],
  [
    'a ping between two fragments',
    [
      { opcode: TEXT, payload: first, isFinal: false },
      { opcode: PING, payload: 'x' },
      { opcode: CONTINUATION, payload: second },
    ],
  ],
  [
    'an unsolicited pong',
    [
      { opcode: PONG, payload: 'x' },
      { opcode: TEXT, payload: HELLO },
    ],
  ],
])('%s is understood', async (_, frames) => {
  using socket = await open();
  socket.write(...frames);
  const texts = [];
  for (let frame = await socket.read(); frame; frame = await socket.read()) {
    if (frame.opcode !== TEXT) continue;
    texts.push(JSON.parse(frame.payload.toString()) as unknown);
    break;
  }
  expect(texts).toMatchObject([{ t: 'welcome' }]);
});

test.each(['', 'x', 'y'.repeat(125)])(
  'a ping is answered by a pong with the same payload: "%s"',
  async (payload) => {
    using socket = await open();
    socket.write({ opcode: PING, payload });
    const frame = await socket.read();
    expect(frame).toMatchObject({ opcode: PONG });
    expect(frame!.payload.toString()).toBe(payload);
  },
);

test.each<[string, (RawFrame | Buffer)[], number]>([
  ['a frame without a mask', [{ opcode: TEXT, payload: HELLO, isMasked: false }], 1002],
  [
    'the first reserved bit, as no compression was agreed on',
    [{ opcode: TEXT, payload: HELLO, reserved: 4 }],
    1002,
  ],
  ['the second reserved bit', [{ opcode: TEXT, payload: HELLO, reserved: 2 }], 1002],
  ['the third reserved bit', [{ opcode: TEXT, payload: HELLO, reserved: 1 }], 1002],
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): [string, RawFrame[], number] => [
    `the opcode ${opcode}`,
    [{ opcode }],
    1002,
  ]),
  ['a ping in fragments', [{ opcode: PING, isFinal: false }], 1002],
  ['a close in fragments', [{ opcode: CLOSE, isFinal: false }], 1002],
  ['a ping of 126 bytes', [{ opcode: PING, payload: 'x'.repeat(126) }], 1002],
  ['a continuation of nothing', [{ opcode: CONTINUATION, payload: 'x' }], 1002],
  [
    'a new text before the last one ended',
    [
      { opcode: TEXT, payload: 'a', isFinal: false },
      { opcode: TEXT, payload: 'b' },
    ],
    1002,
  ],
  ['text that is no UTF-8', [{ opcode: TEXT, payload: Buffer.from([0xce, 0xba, 0xed, 0xa0, 0x80]) }], 1007],
  ['text that breaks off in a character', [{ opcode: TEXT, payload: Buffer.from([0xe2, 0x82]) }], 1007],
  ['text with an overlong form', [{ opcode: TEXT, payload: Buffer.from([0xc0, 0xaf]) }], 1007],
  ['a close with one byte', [{ opcode: CLOSE, payload: 'x' }], 1002],
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000].map((code): [string, RawFrame[], number] => {
    const payload = Buffer.from([code >> 8, code & 255]);
    return [`the close code ${code}`, [{ opcode: CLOSE, payload }], 1002];
  }),
  ['a reason that is no UTF-8', [{ opcode: CLOSE, payload: Buffer.from([3, 232, 0xff, 0xff]) }], 1007],
  ['a message that says it is above a mebibyte', [{ opcode: BINARY, claimedLength: (1n << 20n) + 1n }], 1009],
  ['a message that says it has 2^63 bytes', [{ opcode: BINARY, claimedLength: 1n << 63n }], 1009],
  [
    'a message that grows above a mebibyte in fragments',
    Array.from({ length: 17 }, (_, at) => ({
      opcode: at ? CONTINUATION : BINARY,
      payload: new Uint8Array(65_536),
      isFinal: false,
    })),
    1009,
  ],
  [
    'more than 1024 fragments',
    Array.from({ length: 1026 }, (_, at) => ({ opcode: at ? CONTINUATION : TEXT, isFinal: false })),
    1008,
  ],
])('%s ends the connection with the right code', async (_, frames, code) => {
  using socket = await open();
  socket.write(...frames);
  expect(await socket.closeCode()).toBe(code);
});

test.each([1000, 1001, 3000, 4999])('a close frame with %i is answered with the same code', async (code) => {
  using socket = await open();
  socket.write({ opcode: CLOSE, payload: Buffer.from([code >> 8, code & 255]) });
  expect(await socket.closeCode()).toBe(code);
});

test('a close frame without a code is answered', async () => {
  using socket = await open();
  socket.write({ opcode: CLOSE });
  expect(await socket.closeCode()).toBe(1005);
});

test.each<[string, Record<string, string | null>, string | undefined, number]>([
  ['without a key', { 'Sec-WebSocket-Key': null }, undefined, 400],
  ['with an invalid key', { 'Sec-WebSocket-Key': 'short' }, undefined, 400],
  ['of version 7', { 'Sec-WebSocket-Version': '7' }, undefined, 400],
  ['without a version', { 'Sec-WebSocket-Version': null }, undefined, 400],
  ['by POST', {}, 'POST /ws HTTP/1.1', 405],
  ['at another address', {}, 'GET /socket HTTP/1.1', 404],
  ['without the word websocket', { Upgrade: 'h2c' }, undefined, 400],
])('a handshake %s is refused', async (_, headers, request, status) => {
  const answer = await RawSocket.open(server.port, headers, request);
  answer.socket[Symbol.dispose]();
  expect(answer.status).toBe(status);
});

test('an unknown subprotocol is not accepted', async () => {
  const { socket, status } = await RawSocket.open(server.port, { 'Sec-WebSocket-Protocol': 'chat.v9' });
  socket[Symbol.dispose]();
  expect(status).toBe(101);
});

test('random bytes after the handshake only end their own connection', async () => {
  await using neighbour = await SocketClient.open(server.socketUrl);
  for (const bytes of fc.sample(fc.uint8Array({ minLength: 1, maxLength: 400 }), { numRuns: 100, seed: 7 })) {
    using socket = await open();
    socket.write(Buffer.from(bytes));
  }
  neighbour.send({ t: 'ping', n: 1 });
  expect(await neighbour.receive('pong')).toEqual({ t: 'pong', n: 1 });
  expect(server.engine.begun).toEqual([]);
});
