import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { runTestServer, type TestServer } from '../../../fixtures/server/run-test-server.ts';
import { SocketClient } from '../../../fixtures/server/socket-client.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const TOKEN = 'a-secret-for-this-test-only';
const newId = () => randomBytes(16).toString('base64url');

/** Sends a request with headers that fetch does not allow, such as Host. */
async function ask(server: TestServer, path: string, headers: Record<string, string>, method = 'GET') {
  const asked = request(`${server.url}${path}`, { headers, method }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const body = await answer.toArray();
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: Buffer.concat(body as Buffer[]).toString(),
  };
}

/** The status of the response to a handshake, 101 on success. */
async function handshake(server: TestServer, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(server.socketUrl, { headers });
  socket.on('error', () => undefined);
  const { promise, resolve } = Promise.withResolvers<number>();
  socket.on('open', () => resolve(101));
  socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode!));
  try {
    return await promise;
  } finally {
    socket.terminate();
  }
}

test('locally, programs and own pages may send requests and open sockets', async () => {
  await using server = await runTestServer();
  const own: Record<string, string>[] = [
    {},
    { Origin: server.url },
    { Host: `localhost:${server.port}`, Origin: `http://localhost:${server.port}` },
    { Host: `[::1]:${server.port}` },
    { Host: 'app.localhost' },
    { 'Sec-Fetch-Site': 'same-origin' },
    { 'Sec-Fetch-Site': 'none' },
  ];
  for (const headers of own) {
    expect((await ask(server, '/api/v1/engines', headers)).status, JSON.stringify(headers)).toBe(200);
    expect(await handshake(server, headers), JSON.stringify(headers)).toBe(101);
  }
});

test('pages of other origins and foreign host names are refused, for requests and sockets', async () => {
  await using server = await runTestServer();
  const foreign: Record<string, string>[] = [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: `http://127.0.0.1:${server.port + 1}` },
    { Origin: `http://evil.example:${server.port}`, Host: `evil.example:${server.port}` },
    { Host: 'evil.example' },
    { Host: '127.0.0.1.evil.example' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ];
  for (const headers of foreign) {
    const { status, text } = await ask(server, '/api/v1/engines', headers);
    expect(status, JSON.stringify(headers)).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ error: { name: 'OriginError' } });
    expect(await handshake(server, headers), JSON.stringify(headers)).toBe(403);
    expect((await ask(server, '/metrics', headers)).status).toBe(403);
  }
});

test('the app is served under any host name', async () => {
  await using server = await runTestServer();
  const headers = { Host: 'example.org', 'Sec-Fetch-Site': 'cross-site' };
  expect((await ask(server, '/', headers)).status).toBe(200);
});

test('allowed origins get CORS headers, others do not', async () => {
  await using server = await runTestServer({ variables: { ALLOWED_ORIGINS: 'https://app.example' } });
  const allowed = await ask(server, '/api/v1/engines', { Origin: 'https://app.example' });
  expect(allowed.status).toBe(200);
  expect(allowed.headers['access-control-allow-origin']).toBe('https://app.example');
  expect(allowed.headers['vary']).toMatch(/Origin/);
  const wanted = {
    'Access-Control-Request-Method': 'DELETE',
    'Access-Control-Request-Headers': 'authorization,idempotency-key',
  };
  const preflight = await ask(
    server,
    '/api/v1/jobs/x',
    { Origin: 'https://app.example', ...wanted },
    'OPTIONS',
  );
  expect(preflight.status).toBe(204);
  expect(preflight.headers['access-control-allow-methods']).toMatch(/GET.*POST.*DELETE/);
  expect(preflight.headers['access-control-allow-headers']).toMatch(/Authorization.*Idempotency-Key/);
  expect(await handshake(server, { Origin: 'https://app.example' })).toBe(101);
  const stranger = await ask(
    server,
    '/api/v1/engines',
    { Origin: 'https://evil.example', ...wanted },
    'OPTIONS',
  );
  expect(stranger.status).toBe(403);
  expect(stranger.headers['access-control-allow-origin']).toBeUndefined();
});

test('with a token, requests need it under any host name, except for the app and its health', async () => {
  await using server = await runTestServer({ variables: { TOKEN } });
  const bearer = { Authorization: `Bearer ${TOKEN}`, Host: 'gpu.example.org' };
  for (const path of ['/api/v1/engines', '/api/v1/openapi.json', '/metrics']) {
    const without = await ask(server, path, {});
    expect(without.status, path).toBe(401);
    expect(without.headers['www-authenticate']).toBe('Bearer');
    expect((await ask(server, path, bearer)).status, path).toBe(200);
    expect((await ask(server, path, { Authorization: `Bearer ${TOKEN}x` })).status, path).toBe(401);
  }
  for (const path of ['/', '/healthz']) expect((await ask(server, path, {})).status, path).toBe(200);
});

test('a preflight needs no token', async () => {
  await using server = await runTestServer({ variables: { TOKEN, ALLOWED_ORIGINS: 'https://app.example' } });
  const headers = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' };
  expect((await ask(server, '/api/v1/jobs', headers, 'OPTIONS')).status).toBe(204);
});

test('after ten wrong tokens even the right one is refused', async () => {
  await using server = await runTestServer({ variables: { TOKEN } });
  const statuses = [];
  for (let count = 0; count < 10; count++) {
    statuses.push((await ask(server, '/api/v1/engines', { Authorization: `Bearer wrong${count}` })).status);
  }
  expect(new Set(statuses)).toEqual(new Set([401]));
  const blocked = await ask(server, '/api/v1/engines', { Authorization: `Bearer ${TOKEN}` });
  expect(blocked.status).toBe(429);
  expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(0);
});

test('with a token, each socket needs a ticket of its own', async () => {
  await using server = await runTestServer({ variables: { TOKEN } });
  const answer = await fetch(`${server.url}/api/v1/tickets`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}` },
  });
  expect(answer.status).toBe(201);
  const { ticket, expiresInMs } = (await answer.json()) as { ticket: string; expiresInMs: number };
  expect(expiresInMs).toBe(30_000);
  await using first = await SocketClient.open(server.socketUrl, { hello: false });
  first.send({ t: 'hello', v: 1, ticket });
  await expect(first.receive('welcome')).resolves.toBeDefined();
  for (const hello of [
    { t: 'hello', v: 1, ticket },
    { t: 'hello', v: 1 },
  ]) {
    await using second = await SocketClient.open(server.socketUrl, { hello: false });
    second.send(hello);
    expect(await second.receive('error')).toMatchObject({ error: { name: 'TicketError' }, at: 'ticket' });
    expect(await second.closed).toBe(4001);
  }
});

test('without TOKEN, a server that others can reach only serves the app', async () => {
  await using server = await runTestServer({ variables: { HOST: '0.0.0.0' } });
  expect((await ask(server, '/', {})).status).toBe(200);
  expect((await ask(server, '/api/v1/engines', {})).status).toBe(404);
  expect((await ask(server, '/metrics', {})).status).toBe(404);
  expect(await handshake(server, {})).not.toBe(101);
});

test('the number of sockets per address is limited', async () => {
  await using server = await runTestServer({ variables: { SOCKETS_PER_ADDRESS: '2' } });
  await using first = await SocketClient.open(server.socketUrl);
  {
    await using second = await SocketClient.open(server.socketUrl);
    expect(await handshake(server, {})).toBe(429);
    second.send({ t: 'ping', n: 1 });
    await second.receive('pong');
  }
  await expect.poll(() => handshake(server, {})).toBe(101);
  first.send({ t: 'ping', n: 1 });
  await first.receive('pong');
});

test('requests per address are limited, behind a trusted proxy per client', async () => {
  await using server = await runTestServer({
    variables: { REQUESTS_PER_MINUTE: '3', TRUSTED_PROXIES: '127.0.0.1' },
  });
  const as = async (client: string) =>
    (await ask(server, '/api/v1/engines', { 'X-Forwarded-For': client })).status;
  const statuses = [];
  for (let count = 0; count < 4; count++) statuses.push(await as('198.51.100.1'));
  expect(statuses).toEqual([200, 200, 200, 429]);
  expect(await as('198.51.100.2')).toBe(200);
});

test('jobs per minute and address are limited, and retries don’t count', async () => {
  await using server = await runTestServer({ variables: { SUBMITS_PER_MINUTE: '2' } });
  const post = (id: string, seed: number) =>
    fetch(`${server.url}/api/v1/jobs`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id },
      body: JSON.stringify({ engine: 'tick', music: 'rain', seconds: 1, seed }),
    }).then(({ status }) => status);
  const id = newId();
  expect([await post(id, 1), await post(id, 1), await post(id, 1)]).toEqual([202, 202, 202]);
  expect([await post(newId(), 2), await post(newId(), 3)]).toEqual([202, 429]);
});

test('the response to a handshake has no security headers', async () => {
  await using server = await runTestServer();
  const socket = new WebSocket(server.socketUrl);
  const [answer] = (await once(socket, 'upgrade')) as [IncomingMessage];
  expect(Object.keys(answer.headers).sort()).toEqual(['connection', 'sec-websocket-accept', 'upgrade']);
  socket.terminate();
});
