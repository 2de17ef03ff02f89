import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { QueueStats } from './jobs/job-queue.ts';
import type { Service } from './service.ts';

const LEVELS = {
  queued: ['immersivaudio_jobs_queued', 'Jobs that are queued'],
  running: ['immersivaudio_jobs_running', 'Jobs that are running'],
  workers: ['immersivaudio_workers', 'Engines at work or ready for it'],
} as const;

/** Totals of the queue; servers that share a queue report the same. */
const TOTALS: Record<Exclude<keyof QueueStats, keyof typeof LEVELS>, [name: string, help: string]> = {
  doneTotal: ['immersivaudio_jobs_done_total', 'Jobs that ended well'],
  failedTotal: ['immersivaudio_jobs_failed_total', 'Jobs that failed'],
  cancelledTotal: ['immersivaudio_jobs_cancelled_total', 'Jobs that were cancelled'],
  runsTotal: ['immersivaudio_runs_total', 'Runs of an engine, which equal jobs share'],
  cacheHitsTotal: ['immersivaudio_cache_hits_total', 'Jobs that were answered by sound made before'],
  engineSecondsTotal: ['immersivaudio_engine_seconds_total', 'Seconds in which an engine worked'],
};

/** Metrics in the Prometheus text format: process, queue, sockets and requests. */
export class Metrics {
  #registry = new Registry();
  #requests: Histogram;

  constructor({ queue, sockets }: Service) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    // One scrape reads several metrics from a single call of `stats()`.
    let stats: Promise<QueueStats> | null = null;
    const ask = () => {
      stats ??= queue.stats();
      void Promise.allSettled([stats]).then(() => (stats = null));
      return stats;
    };
    for (const [key, [name, help]] of Object.entries(LEVELS)) {
      const read = async () => (await ask())[key as keyof QueueStats];
      new Gauge({ name, help, registers, collect: set(read) });
    }
    for (const [key, [name, help]] of Object.entries(TOTALS)) {
      const read = async () => (await ask())[key as keyof QueueStats];
      new Counter({ name, help, registers, collect: copy(read) });
    }
    new Gauge({
      name: 'immersivaudio_sockets',
      help: 'Open WebSockets',
      registers,
      collect: set(() => sockets.size),
    });
    new Gauge({
      name: 'immersivaudio_socket_waiting_bytes',
      help: 'Bytes that wait in WebSockets for slow readers',
      registers,
      collect: set(() => sockets.bufferedBytes),
    });
    new Counter({
      name: 'immersivaudio_socket_sent_bytes_total',
      help: 'Bytes handed to WebSockets',
      registers,
      collect: copy(() => sockets.sentBytes),
    });
    this.#requests = new Histogram({
      name: 'immersivaudio_http_request_seconds',
      help: 'Time until an answer begins',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    });
  }

  /** Middleware that measures the requests of the routes after it. */
  readonly timeRequests: MiddlewareHandler = async (c, next) => {
    const start = performance.now();
    await next();
    const labels = { method: c.req.method, route: routeOf(c), status: c.res.status };
    this.#requests.observe(labels, (performance.now() - start) / 1000);
  };

  /** The response of `/metrics`. */
  async answer(): Promise<Response> {
    const headers = { 'Content-Type': this.#registry.contentType, 'Cache-Control': 'no-store' };
    return new Response(await this.#registry.metrics(), { headers });
  }
}

function set(read: () => number | Promise<number>) {
  return async function (this: Gauge) {
    this.set(await read());
  };
}

/** The pattern of the route: few different values, and no ids. */
function routeOf(c: Context): string {
  return (
    matchedRoutes(c)
      .filter(({ method }) => method !== 'ALL')
      .at(-1)?.path ?? 'none'
  );
}

/** Copies a total that is counted elsewhere. */
function copy(read: () => number | Promise<number>) {
  return async function (this: Counter) {
    const value = await read();
    this.reset();
    this.inc(value);
  };
}
