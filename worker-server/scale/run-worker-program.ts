import { Hono } from 'hono';
import type { HealthAnswer } from '#lib/protocol/http-answers.ts';
import { chooseEngines } from '../engine-table.ts';
import type { Engine } from '../engines/engine.ts';
import { limitsOf } from '../jobs/queue-limits.ts';
import { listen } from '../listen.ts';
import { openLog } from '../log.ts';
import { readSettings, settingsHelp, type Settings } from '../settings.ts';
import { openRunWorker, type RunWorker } from './run-worker.ts';

/** A worker that runs. */
export interface RunningWorker {
  /** Takes no more runs, lets the one that it is at finish within the grace period, else gives it back. */
  close(): Promise<void>;
}

/**
 * Opens a worker with the engine of the settings, and its `/healthz` where WORKER_PORT says so.
 * @param engine Chosen by tests.
 * @throws TypeError when REDIS_URL is missing or ENGINE names none; PortError.
 */
export async function startWorker(settings: Settings, engine?: Engine): Promise<RunningWorker> {
  if (settings.REDIS_URL === '') {
    throw new TypeError('A worker wants REDIS_URL: the Redis that it shares with the servers.');
  }
  const log = openLog(settings.LOG_LEVEL);
  await using stack = new AsyncDisposableStack();
  const chosen = engine ?? (await chooseEngines({ settings, log }))[0]!;
  stack.use(chosen);
  const onUnexpectedError = (error: unknown) =>
    log.error({ error: (error as Error).stack }, 'the worker met an error');
  const worker = stack.use(
    await openRunWorker({
      url: settings.REDIS_URL,
      engine: chosen,
      limits: limitsOf(settings),
      onUnexpectedError,
    }),
  );
  if (settings.WORKER_PORT > 0) {
    const server = await listen(healthApp(worker), { host: settings.HOST, port: settings.WORKER_PORT });
    stack.defer(() => server.close());
  }
  log.info({ engine: chosen.about().name }, 'worker started');
  const opened = stack.move();
  return {
    close: async () => {
      log.info('worker stops');
      await worker.drain(settings.GRACE_SECONDS * 1000);
      await opened.disposeAsync();
      log.info('worker stopped');
    },
  };
}

/** Runs a worker as a program: reads flags and the environment, and stops when it is asked to. */
export async function runWorkerProgram(): Promise<void> {
  try {
    const settings = readSettings(process.argv.slice(2), process.env);
    if (settings === 'help') {
      console.log(settingsHelp());
      return;
    }
    const worker = await startWorker(settings);
    console.log('The worker is there for the servers of its Redis (Ctrl+C stops it).');
    const stop = () => void worker.close().finally(() => process.exit());
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function healthApp(worker: RunWorker): Hono {
  return new Hono().get('/healthz', (c) => {
    const health: HealthAnswer = worker.health();
    return c.json(health, health.status === 'failed' ? 503 : 200, { 'Cache-Control': 'no-store' });
  });
}
