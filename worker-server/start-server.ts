import { createApp } from './app.ts';
import { chooseEngines } from './engine-table.ts';
import type { Engine } from './engines/engine.ts';
import { openSqliteQueue } from './jobs/open-sqlite-queue.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import { limitsOf } from './jobs/queue-limits.ts';
import { listen } from './listen.ts';
import { openLog, type Log } from './log.ts';
import { openSocketServer } from './routes/socket.ts';
import { Service, type Access } from './service.ts';
import { isLoopback, type Settings } from './settings.ts';
import { openShares } from './shares/open-shares.ts';
import type { SocketTimeouts } from './socket/socket-registry.ts';

/** A running server. */
export interface RunningServer {
  url: string;
  /** True when it generates sound, false when it only serves the app. */
  canGenerate: boolean;
  /** Accepts no more jobs, lets running ones finish within the grace period, keeps the others for the next start. */
  close(): Promise<void>;
}

/** Options besides the settings, mainly for tests. */
export interface ServerOptions {
  buildFolder: string;
  engines?: Engine[];
  timeouts?: SocketTimeouts;
}

/**
 * Starts the server. Without a TOKEN, a server that other machines can reach only serves the app. With REDIS_URL the server
 * is a gateway and has no engine of its own.
 * @throws PortError, BuildMissingError, DataFolderError, QueueUnavailableError (no Redis), TypeError (unknown ENGINE)
 */
export async function startServer(settings: Settings, options: ServerOptions): Promise<RunningServer> {
  const { HOST: host, PORT: port, CONNECT_ORIGINS: connectOrigins } = settings;
  const { buildFolder } = options;
  if (!isLoopback(host) && settings.TOKEN === '') {
    const server = await listen(createApp({ buildFolder, connectOrigins }), { host, port });
    return { url: server.url, canGenerate: false, close: () => server.close() };
  }
  const log = openLog(settings.LOG_LEVEL);
  await using stack = new AsyncDisposableStack();
  const { queue, access } = await openQueueFor(settings, options, log, stack);
  const service = new Service(queue, settings, log, options.timeouts, access);
  const shares = settings.SHARES === 'on' ? stack.use(openShares(settings, log)).service : undefined;
  const app = createApp({ buildFolder, connectOrigins, service, shares });
  const server = await listen(app, { host, port, socketServer: openSocketServer() });
  log.info({ url: server.url, engines: queue.engines().map(({ name }) => name) }, 'server started');
  const opened = stack.move();
  return {
    url: server.url,
    canGenerate: true,
    close: async () => {
      log.info('server stopping');
      await service.drain(settings.GRACE_SECONDS * 1000);
      await Promise.all([server.close(), opened.disposeAsync()]);
      log.info('server stopped');
    },
  };
}

async function openQueueFor(
  settings: Settings,
  options: ServerOptions,
  log: Log,
  stack: AsyncDisposableStack,
): Promise<{ queue: JobQueue; access?: Access }> {
  if (settings.REDIS_URL !== '') {
    const { openGateway } = await import('./scale/open-gateway.ts');
    return stack.use(await openGateway(settings, log));
  }
  const engines = options.engines ?? (await chooseEngines({ settings, log }));
  for (const engine of engines) stack.use(engine);
  const queue = openSqliteQueue({
    dataFolder: settings.DATA_DIR,
    engines,
    limits: limitsOf(settings),
    onUnexpectedError: (error) =>
      log.error({ error: (error as Error).stack }, 'unexpected error in the job queue'),
  });
  return { queue: stack.use(queue) };
}
