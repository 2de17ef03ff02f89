import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { askServer } from '#lib/remote/ask-server.ts';

const answer = { protocol: 1, engines: [], queued: 2, running: 1 };
const json = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

/** Asks a server that answers like this. */
async function ask(respond: (response: ServerResponse, token: string | undefined) => void, token = '') {
  const server = createServer(({ headers }, response) => respond(response, headers.authorization));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await askServer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, token || null);
  } finally {
    server.close();
  }
}

test('a server lists its engines and its queue', async () => {
  expect(await ask((response) => json(response, 200, answer))).toEqual(answer);
});

test('a plain host of files is no server, whether it answers with 404 or with a page', async () => {
  expect(await ask((response) => response.writeHead(404).end())).toBeNull();
  const page = await ask((response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>'));
  expect(page).toBeNull();
});

test('the token is sent, and a wrong one is reported', async () => {
  const guard = (response: ServerResponse, token: string | undefined) =>
    token === 'Bearer right' ? json(response, 200, answer) : json(response, 401, { error: {} });
  expect(await ask(guard, 'right')).toEqual(answer);
  await expect(ask(guard, 'wrong')).rejects.toMatchObject({ name: 'ServerTokenError' });
});

test.each([
  ['another version', 200, { ...answer, protocol: 9 }, 'speaks version 9'],
  ['another shape', 200, { hello: 'world' }, 'not as a server of this app'],
  ['an error', 500, { error: {} }, 'not as a server of this app'],
])('%s is reported in one sentence', async (_, status, body, sentence) => {
  await expect(ask((response) => json(response, status, body))).rejects.toThrow(sentence);
});

test('a server that is not there is unreachable', async () => {
  await expect(askServer('http://127.0.0.1:9', null)).rejects.toMatchObject({
    name: 'ServerUnreachableError',
  });
});
