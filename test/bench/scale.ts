/**
 * Measures the queue in Redis: `npm run bench:scale`. Gateways, workers and Redis are processes on one machine, so that
 * more workers don't help when all cores are busy (the synthesiser); an engine that only sleeps shows the overhead of the
 * queue. Arguments select parts, such as `-- sleepers crashes`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { makeTinyBuild } from '../fixtures/tiny-build.ts';
import { freePort } from '../fixtures/worker-server/scale/free-port.ts';
import { metric, startCluster } from '../fixtures/worker-server/scale/cluster.ts';
import { followMany } from '../fixtures/worker-server/scale/follow-many.ts';
import { killInTurn, loseWritesInTurn } from '../fixtures/worker-server/scale/kill-in-turn.ts';
import { Progress } from '../fixtures/worker-server/scale/progress.ts';
import { runAt, runJob, runMany, type Ran } from './scale/run-jobs.ts';
import { quantile, randomArrivals, randomNumbers, simulateQueue } from './scale/simulate-queue.ts';

/** Time of the sleeping engine per block. One second of sound has five blocks. */
const BLOCK_MS = 50;
const WORKERS = [1, 2, 4];
const GATEWAY_SECONDS = 'process_cpu_seconds_total';
let seed = 0;

const tick = (seconds = 1) => ({ engine: 'tick', music: 'ticks', seconds, seed: seed++ });
const synth = () => ({ engine: 'synth', music: 'calm piano with strings', seconds: 10, seed: seed++ });
const many = <Item>(count: number, make: () => Item) => Array.from({ length: count }, make);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const took = (ran: readonly Ran[], share: number) =>
  quantile(
    ran.map(({ tookMs }) => tookMs),
    share,
  ).toFixed(1);

console.log(`${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}, Node ${process.version}`);
const parts = { overheads, sleepers, synthesisers, crashes, kills, predictions, sizing };
const wanted = process.argv.slice(2);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await measure();
}

/** The overhead of a job: an engine that needs no time, one second of sound (16 kB). */
async function overheads(): Promise<void> {
  const rows: Record<string, object> = {};
  const measure = async (name: string, port: number) => {
    await runMany([port], many(50, tick), 4);
    const alone = await runMany([port], many(200, tick), 1);
    const crowd = await runMany([port], many(600, tick), 32);
    rows[name] = {
      'one at a time, ms p50': took(alone.ran, 0.5),
      p99: took(alone.ran, 0.99),
      '32 at a time, jobs/s': (600 / crowd.seconds).toFixed(0),
      'ms p50': took(crowd.ran, 0.5),
    };
  };
  await using single = await startSingle();
  await measure('SQLite, one process', single.port);
  await using cluster = await startCluster({ gateways: 1, workers: 1 });
  const port = cluster.ports[0]!;
  const redis = new Redis(cluster.url);
  const before = [await processorOf(redis), await metric(port, GATEWAY_SECONDS)] as const;
  await measure('Redis, one worker', port);
  const after = [await processorOf(redis), await metric(port, GATEWAY_SECONDS)] as const;
  const jobs = await metric(port, 'immersivaudio_jobs_done_total');
  const [ofRedis, ofGateway] = after.map((value, index) =>
    ((1000 * (value - before[index]!)) / jobs).toFixed(2),
  );
  redis.disconnect();
  console.log('\nA job whose engine takes no time, over HTTP:');
  console.table(rows);
  console.log(`Processor time for each: Redis ${ofRedis} ms, gateway ${ofGateway} ms.`);
}

async function sleepers(): Promise<void> {
  const rows: Record<string, object> = {};
  for (const workers of WORKERS) {
    await using cluster = await startCluster({ gateways: 2, workers, blockMs: BLOCK_MS });
    const { perSecond, ranMs, overheadMs } = await saturate(cluster.ports, workers);
    rows[`${workers} workers`] = {
      'jobs/s': perSecond.toFixed(2),
      'of the possible': `${((perSecond * ranMs) / 10 / workers).toFixed(1)} %`,
      'engine ms': ranMs.toFixed(0),
      'overhead, ms per job': overheadMs.toFixed(1),
    };
  }
  console.log('\nAn engine that sleeps for a quarter of a second, two gateways:');
  console.table(rows);
}

async function synthesisers(): Promise<void> {
  const rows: Record<string, object> = {};
  for (const workers of WORKERS) {
    await using cluster = await startCluster({ gateways: 1, workers, engine: 'synth' });
    await runMany(cluster.ports, many(workers, synth), workers);
    const redis = new Redis(cluster.url);
    const before = await memoryOf(redis);
    const count = 24;
    const { ran, seconds } = await runMany(cluster.ports, many(count, synth), 2 * workers);
    const bytes = ran.reduce((sum, { result }) => sum + result.bytes, 0);
    rows[`${workers} workers`] = {
      'jobs/s': (count / seconds).toFixed(2),
      'times real time': ((10 * count) / seconds).toFixed(1),
      'Redis bytes per byte of sound': (((await memoryOf(redis)) - before) / bytes).toFixed(2),
    };
    redis.disconnect();
  }
  console.log('\nThe synthesiser, 10 s of music each:');
  console.table(rows);
}

/** How long a job waits whose worker is killed while another one is idle. */
async function crashes(): Promise<void> {
  const seconds: number[] = [];
  for (let round = 0; round < 3; round++) {
    await using cluster = await startCluster({ gateways: 1, workers: 1, blockMs: BLOCK_MS });
    const job = runJob(cluster.ports[0]!, tick(8));
    const other = await cluster.startWorker();
    await cluster.workers[0]!.stop();
    const killedAt = performance.now();
    await job;
    // The whole job is repeated.
    seconds.push((performance.now() - killedAt) / 1000 - 8 * 5 * (BLOCK_MS / 1000));
    await other.stop();
  }
  console.log(
    `\nkill -9 of a worker until another one has its job, seconds: ${seconds.map((s) => s.toFixed(1)).join(', ')}`,
  );
}

/** Kills processes while jobs run, and compares every byte. */
async function kills(): Promise<void> {
  const rows: Record<string, object> = {};
  for (const [name, count, disturb] of [
    ['nothing', 200, () => Promise.resolve('none')],
    ['worker, gateway, Redis in turn', 200, killInTurn],
    ['Redis, which loses writes', 60, loseWritesInTurn],
  ] as const) {
    await using cluster = await startCluster({ gateways: 2, workers: 3, blockMs: 12 });
    const stop = new AbortController();
    const progress = new Progress();
    const disturbing = disturb(cluster, progress, stop.signal);
    const specs = many(count, () => ({ seconds: 4, seed: seed++ }));
    const began = performance.now();
    const { ids, breaks } = await followMany(cluster.balancer.port, specs, 24, progress);
    const seconds = (performance.now() - began) / 1000;
    stop.abort();
    rows[name] = {
      killed: JSON.stringify(await disturbing).replaceAll('"', ''),
      'right to the byte': `${ids.length} of ${count}`,
      'connections broken': breaks,
      seconds: seconds.toFixed(0),
    };
  }
  console.log('\nJobs of a quarter of a second, 24 clients, two gateways, three workers, kill -9:');
  console.table(rows);
}

/**
 * Compares simulated waiting times with measured ones. The input of the simulation is when each job arrived, how long the
 * engine took for it, and the overhead of the queue per job under saturation.
 */
async function predictions(): Promise<void> {
  const rows: Record<string, object> = {};
  for (const [workers, busy] of [
    [1, 0.7],
    [2, 0.8],
    [4, 0.9],
  ] as const) {
    await using cluster = await startCluster({ gateways: 2, workers, blockMs: BLOCK_MS });
    const { overheadMs, ranMs } = await saturate(cluster.ports, workers);
    const perSecond = (1000 * workers * busy) / (ranMs + overheadMs);
    const arrivals = randomArrivals(perSecond, 150 * workers, workers);
    const specs = arrivals.map(() => tick());
    const ran = (await runAt(cluster.ports, specs, arrivals)).sort((a, b) => a.beganAt - b.beganAt);
    const predicted = simulateQueue({
      arrivals: ran.map(({ beganAt }) => beganAt),
      services: ran.map(({ result }) => result.ranMs + overheadMs),
      workers,
    });
    const measured = ran.map(({ result }) => result.queuedMs);
    rows[`${workers} workers, ${busy * 100} % busy`] = {
      'mean ms, simulated': mean(predicted).toFixed(0),
      measured: mean(measured).toFixed(0),
      'p95 ms, simulated': quantile(predicted, 0.95).toFixed(0),
      'measured ': quantile(measured, 0.95).toFixed(0),
    };
  }
  console.log('\nWaiting for a worker, jobs of a quarter of a second that come at random:');
  console.table(rows);
}

/** The table of sizing.md: the number of workers with which 95 % of all jobs wait no longer than one job takes. */
function sizing(): void {
  const rows: Record<string, object> = {};
  const jobsPerUser = 2;
  for (const users of [10, 1000, 100_000]) {
    const perSecond = (users * jobsPerUser) / 3600;
    // At least an hour, and enough jobs for the 95th percentile.
    const arrivals = randomArrivals(perSecond, Math.max(20_000, users * jobsPerUser));
    const row: Record<string, string> = { 'jobs/h': String(users * jobsPerUser) };
    for (const engineSeconds of [1, 3, 10]) {
      const random = randomNumbers(users + engineSeconds);
      const services = arrivals.map(() => engineSeconds * (0.5 + random()));
      const waitOf = (workers: number) => quantile(simulateQueue({ arrivals, services, workers }), 0.95);
      let workers = Math.max(1, Math.ceil(perSecond * engineSeconds));
      while (waitOf(workers) > engineSeconds) workers++;
      const busy = (100 * perSecond * engineSeconds) / workers;
      row[`workers at ${engineSeconds} s`] = `${workers} (${busy.toFixed(0)} % busy)`;
    }
    rows[`${users} users`] = row;
  }
  console.log(
    `\nSimulated: each user makes ${jobsPerUser} jobs in the busiest hour; 95 % wait no longer than for one job:`,
  );
  console.table(rows);
}

/** Saturates the workers: jobs per second, and milliseconds per job of the engine and of overhead. */
async function saturate(ports: readonly number[], workers: number) {
  await runMany(ports, many(workers, tick), workers);
  const count = 60 * workers;
  const { ran, seconds } = await runMany(ports, many(count, tick), 4 * workers);
  const ranMs = mean(ran.map(({ result }) => result.ranMs));
  return { perSecond: count / seconds, ranMs, overheadMs: (1000 * seconds * workers) / count - ranMs };
}

/** A single server with the same engine. */
async function startSingle(): Promise<{ port: number } & AsyncDisposable> {
  const program = join(import.meta.dirname, '../fixtures/server/serve-ticks.ts');
  const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-bench-'));
  const build = makeTinyBuild();
  const port = await freePort();
  const child = spawn(process.execPath, [program, String(port), folder, build.folder, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const end = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
    build[Symbol.dispose]();
    rmSync(folder, { recursive: true });
  };
  return { port, [Symbol.asyncDispose]: end };
}

/** CPU time of Redis, seconds. */
async function processorOf(redis: Redis): Promise<number> {
  const text = await redis.info('cpu');
  return Number(/used_cpu_sys:([\d.]+)/.exec(text)![1]) + Number(/used_cpu_user:([\d.]+)/.exec(text)![1]);
}

async function memoryOf(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))![1]);
}
