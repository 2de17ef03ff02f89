import { upgradeWebSocket } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { WebSocketServer, type WebSocket } from 'ws';
import { SUBPROTOCOL } from '#lib/protocol/messages.ts';
import { guardOrigin } from '../access/origins.ts';
import { answerOf, ApiError, drainingError } from '../api-error.ts';
import type { Service } from '../service.ts';
import { Session } from '../socket/session.ts';

/** The WebSocket server behind `/ws`; it has no port of its own. */
export function openSocketServer(): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 1 << 20,
    maxFragments: 1024,
    maxBufferedChunks: 4096,
    clientTracking: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
}

/** `/ws`: WebSockets for pages of allowed origins and for programs. */
export function socketRoute(service: Service): Hono {
  const { settings, rateLimits, socketLimit, clientOf, sockets, log } = service;
  let opened = 0;
  const route = new Hono();
  const guardLimits: MiddlewareHandler = async (c, next) => {
    if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') {
      throw new ApiError(400, 'RequestError', 'This address is for WebSockets.');
    }
    if (service.isDraining) throw drainingError();
    await rateLimits.count('requests', clientOf(c));
    // Only checks the limit: the handshake may still fail, so the slot is acquired when the socket is open.
    socketLimit.acquire(clientOf(c))();
    return next();
  };
  route.get(
    '/',
    guardOrigin(settings.ALLOWED_ORIGINS, settings.TOKEN !== ''),
    guardLimits,
    upgradeWebSocket((c) => {
      const client = clientOf(c);
      return {
        onOpen: (_, { raw }) => {
          const socket = raw as WebSocket;
          let release: () => void;
          try {
            release = socketLimit.acquire(client);
          } catch {
            return socket.close(1013, 'too many sockets of this address');
          }
          socket.on('close', release);
          const name = String(++opened);
          sockets.add(socket, new Session(socket, service, client, name), log.child({ socket: name }));
        },
      };
    }),
  );
  route.onError(answerOf);
  return route;
}
