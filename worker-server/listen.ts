import type { AddressInfo, Socket } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { WebSocketServer } from 'ws';

/** How long pending responses may take when the server stops. */
const GRACE_MILLISECONDS = 5000;

/** Connections of all clients; 5,000 idle sockets take about 65 MiB. */
const MAX_CONNECTIONS = 10_000;
/** How long a client may keep its side of a connection open after the server has closed its own. */
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
  /** Handles the WebSockets of the app's routes. */
  socketServer?: WebSocketServer;
}

/** A listening server. */
export interface Listening {
  /** Its URL for users, such as `http://localhost:3000`. */
  url: string;
  /** Waits for pending responses within the grace period, then closes all connections. */
  close(): Promise<void>;
}

/**
 * Opens a port for an app.
 * @throws PortError when the port is in use or can't be opened.
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
      // Other upgrades are ignored and the request is answered normally (RFC 9110, 7.8).
      shouldUpgradeCallback: ({ headers }) =>
        socketServer !== undefined && headers.upgrade?.toLowerCase() === 'websocket',
    },
  }) as Server;
  server.maxConnections = MAX_CONNECTIONS;
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => track(socket, open));
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

/** Tracks a connection, also after an upgrade, when Node's HTTP server no longer does. */
function track(socket: Socket, open: Set<Socket>): void {
  open.add(socket);
  let timer: NodeJS.Timeout | undefined;
  socket.once('finish', () => {
    timer = setTimeout(() => socket.destroy(), HALF_OPEN_MILLISECONDS);
  });
  socket.once('close', () => {
    clearTimeout(timer);
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

/** Browsers treat `localhost` as a secure context without https. */
function nameOf(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function sentenceFor({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program: choose another one, such as PORT=3001.`;
  if (code === 'EACCES')
    return `This user may not open port ${port}: choose one above 1023, such as PORT=3000.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${host}: check HOST.`;
  return `Port ${port} could not be opened: ${message}.`;
}
