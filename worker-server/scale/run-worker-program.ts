import { Hono } from 'hono';
import type { HealthAnswer } from '#lib/protocol/http-answers.ts';
import { chooseEngines } from '../engine-table.ts';
import type { Engine } from '../engines/engine.ts';
import { limitsOf } from '../jobs/queue-limits.ts';
import { listen } from '../listen.ts';
import { openLog } from '../log.ts';
import { readSettings, settingsHelp, type Settings } from '../settings.ts';
import { openRunWorker, type RunWorker } from './run-worker.ts';

/** A running worker. */
export interface RunningWorker {
  /** Takes no more runs. Lets the current one finish within the grace period, then requeues it. */
  close(): Promise<void>;
}

/**
 * Starts a worker with the engine of the settings, and `/healthz` at WORKER_PORT if that is set.
 * @param engine Replaces the engine in tests.
 * @throws TypeError when REDIS_URL is missing or ENGINE is unknown; PortError.
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
    log.error({ error: (error as Error).stack }, 'unexpected error in the worker');
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
      log.info('worker stopping');
      await worker.drain(settings.GRACE_SECONDS * 1000);
      await opened.disposeAsync();
      log.info('worker stopped');
    },
  };
}

/** Runs a worker as a program: reads flags and the environment, and stops on SIGINT and SIGTERM. */
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
