import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { listen } from '../../../worker-server/listen.ts';

const app = new Hono().get('/', (c) => c.text('hello'));
const loopback = { host: '127.0.0.1', port: 0 };

test('a free port is opened, reported and closed', async () => {
  const server = await listen(app, loopback);
  expect(server.url).toMatch(/^http:\/\/localhost:\d+$/);
  await expect(fetch(server.url).then((answer) => answer.text())).resolves.toBe('hello');
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});

test('a pending response is completed before the server stops', async () => {
  const { promise: mayAnswer, resolve: letAnswer } = Promise.withResolvers<void>();
  const { promise: asked, resolve: wasAsked } = Promise.withResolvers<void>();
  const slow = new Hono().get('/', async (c) => {
    wasAsked();
    await mayAnswer;
    return c.text('late, but here');
  });
  const server = await listen(slow, loopback);
  const answer = fetch(server.url).then((response) => response.text());
  await asked;
  const closed = server.close();
  letAnswer();
  await expect(answer).resolves.toBe('late, but here');
  await expect(closed).resolves.toBeUndefined();
});

test('a port that is in use is reported with advice', async () => {
  const first = await listen(app, loopback);
  const port = Number(new URL(first.url).port);
  await expect(listen(app, { host: '127.0.0.1', port })).rejects.toMatchObject({
    name: 'PortError',
    message: `Port ${port} is taken by another program: choose another one, such as PORT=3001.`,
  });
  await first.close();
});

test('an address that this machine does not have is reported', async () => {
  await expect(listen(app, { host: '203.0.113.7', port: 0 })).rejects.toMatchObject({
    name: 'PortError',
    message: 'This machine has no address 203.0.113.7: check HOST.',
  });
});

test('a connection that a client never closes does not prevent the server from stopping', async () => {
  const server = await listen(app, loopback);
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 OK/);
  await expect(server.close()).resolves.toBeUndefined();
  socket.destroy();
});
