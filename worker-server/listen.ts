import type { AddressInfo, Socket } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { WebSocketServer } from 'ws';

/** How long answers that are under way may take when the server is asked to stop. */
const GRACE_MILLISECONDS = 5000;

/** Connections of all clients together; 5,000 idle sockets take some 65 MiB. */
const MAX_CONNECTIONS = 10_000;
/** How long a client may keep its half of a connection open after we have closed ours. */
const HALF_OPEN_MILLISECONDS = 30_000;

/** The port could not be opened. */
export class PortError extends Error {
  override name = 'PortError';
}

/** Where to listen. */
export interface ListenOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Serves the sockets of the app's routes. */
  socketServer?: WebSocketServer;
}

/** A server that listens. */
export interface Listening {
  /** Its address for people, such as `http://localhost:3000`. */
  url: string;
  /** Lets answers that are under way finish, then stops. */
  close(): Promise<void>;
}

/**
 * Opens a port for an app.
 * @throws PortError when the port is taken or may not be opened.
 */
export function listen(app: Hono, { host, port, socketServer }: ListenOptions): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    ...(socketServer ? { websocket: { server: socketServer } } : {}),
    serverOptions: {
      headersTimeout: 3000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: 8192,
      // Any other upgrade is declined by answering as if it had not been asked for (RFC 9110, 7.8).
      shouldUpgradeCallback: ({ headers }) =>
        socketServer !== undefined && headers.upgrade?.toLowerCase() === 'websocket',
    },
  }) as Server;
  server.maxConnections = MAX_CONNECTIONS;
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => watch(socket, open));
  const { promise, resolve, reject } = Promise.withResolvers<Listening>();
  server.once('error', (error: NodeJS.ErrnoException) =>
    reject(new PortError(sentenceFor(error, host, port))),
  );
  server.listen(port, host, () => {
    const { port: opened } = server.address() as AddressInfo;
    resolve({ url: `http://${nameOf(host)}:${opened}`, close: () => close(server, open) });
  });
  return promise;
}

/** Nobody else looks after connections that have become sockets, or were refused to. */
function watch(socket: Socket, open: Set<Socket>): void {
  open.add(socket);
  let patience: NodeJS.Timeout | undefined;
  socket.once('finish', () => {
    patience = setTimeout(() => socket.destroy(), HALF_OPEN_MILLISECONDS);
  });
  socket.once('close', () => {
    clearTimeout(patience);
    open.delete(socket);
  });
}

function close(server: Server, open: Set<Socket>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const endIdle = setInterval(() => server.closeIdleConnections(), 100);
  const endAll = setTimeout(() => {
    for (const socket of open) socket.destroy();
  }, GRACE_MILLISECONDS);
  server.close(() => {
    clearInterval(endIdle);
    clearTimeout(endAll);
    resolve();
  });
  return promise;
}

/** Browsers call the loopback `localhost`, and only there they trust a page without https. */
function nameOf(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function sentenceFor({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program: choose one with PORT=3001 npm start.`;
  if (code === 'EACCES')
    return `This user may not open port ${port}: choose one above 1023 with PORT=3000 npm start.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${host}: check HOST.`;
  return `Port ${port} could not be opened: ${message}.`;
}
