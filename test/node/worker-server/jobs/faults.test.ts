import { readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { EngineError } from '../../../../worker-server/engines/engine.ts';
import { openSqliteQueue } from '../../../../worker-server/jobs/open-sqlite-queue.ts';
import {
  allAudio,
  allEvents,
  eventOf,
  music,
  newJobId,
  temporaryFolder,
} from '../../../fixtures/worker-server/job-helpers.ts';
import { Gate } from '../../../fixtures/worker-server/gate.ts';
import { SmallDisk } from '../../../fixtures/worker-server/small-disk.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';

vi.setConfig({ testTimeout: 60_000 });

const probe = SmallDisk.make(1);
probe?.[Symbol.dispose]();
const needsSmallDisk = probe ? '' : ' (skipped: this user may not mount a small disk)';

test('a run whose engine crashes is retried once, and its stream continues without a gap', async () => {
  using folder = temporaryFolder();
  const engine = new TestEngine({
    before: ({ run, part, piece }) => {
      if (run === 0 && part === 1 && piece === 2) throw new EngineError('The process crashed.', true);
    },
  });
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [engine] });
  const id = newJobId();
  await queue.submit('a', id, music({ effects: 'rain' }));
  const [events, received] = await Promise.all([allEvents(queue, id), allAudio(queue, id)]);
  const kinds = events.map(({ t }) => t).filter((t) => t !== 'progress');
  expect(kinds).toEqual(['accepted', 'started', 'part', 'part', 'queued', 'started', 'done']);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(engine.runs).toHaveLength(2);
  // The engine is started before each run.
  expect(engine.starts).toBeGreaterThanOrEqual(3);
  expect(received).toEqual(await allAudio(queue, id));
  expect(readdirSync(join(folder.path, 'sound'))).toHaveLength(1);
});

test('a second crash of the engine fails the job as retryable, and the next job runs', async () => {
  using folder = temporaryFolder();
  const engine = new TestEngine({
    before: ({ run }) => {
      if (run < 2) throw new EngineError('The process crashed.', true);
    },
  });
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [engine] });
  const [first, second] = [newJobId(), newJobId()];
  await queue.submit('a', first, music());
  expect((await allEvents(queue, first)).at(-1)).toMatchObject({
    t: 'failed',
    error: { name: 'EngineError', message: 'The process crashed.' },
    isRetryable: true,
  });
  await queue.submit('a', second, music());
  expect((await allEvents(queue, second)).at(-1)).toMatchObject({ t: 'done' });
  expect(await queue.stats()).toMatchObject({ failedTotal: 1, doneTotal: 1, runsTotal: 3 });
});

test('errors that are not retryable fail the job at once', async () => {
  using folder = temporaryFolder();
  const errors: unknown[] = [];
  const problems = [new EngineError('Too long for this model.', false), new RangeError('A mistake of ours.')];
  const engine = new TestEngine({
    before: ({ run }) => {
      throw problems[run]!;
    },
  });
  const onUnexpectedError = (error: unknown) => errors.push(error);
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [engine], onUnexpectedError });
  const [first, second] = [newJobId(), newJobId()];
  await queue.submit('a', first, music());
  expect(await eventOf(queue, first, 'failed')).toMatchObject({
    error: { message: 'Too long for this model.' },
    isRetryable: false,
  });
  await queue.submit('a', second, music());
  // Internal messages are not sent to clients.
  expect(await eventOf(queue, second, 'failed')).toMatchObject({ error: { name: 'ServerError' } });
  expect(errors).toEqual([problems[1]]);
});

test('an engine that can’t be started refuses jobs, and each job makes it try again', async () => {
  using folder = temporaryFolder();
  const engine = new TestEngine();
  engine.startProblem = new EngineError('There is no GPU.', true);
  await using queue = openSqliteQueue({
    dataFolder: folder.path,
    engines: [engine],
    limits: { engineRetryMs: 0 },
  });
  await expect(queue.submit('a', newJobId(), music())).rejects.toMatchObject({ isRetryable: true });
  expect(engine.starts).toBe(2);
  engine.startProblem = null;
  const id = newJobId();
  await queue.submit('a', id, music());
  expect((await allEvents(queue, id)).at(-1)).toMatchObject({ t: 'done' });
});

test('an engine that crashes and can’t be restarted fails the jobs that wait for it', async () => {
  using folder = temporaryFolder();
  const engine: TestEngine = new TestEngine({
    before: () => {
      engine.startProblem = new EngineError('There is no GPU any more.', true);
      throw new EngineError('The process crashed.', true);
    },
  });
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [engine] });
  const ids = [newJobId(), newJobId()] as const;
  await queue.submit('a', ids[0], music());
  await queue.submit('b', ids[1], music({ seed: 2 }));
  for (const id of ids) {
    expect(await eventOf(queue, id, 'failed')).toMatchObject({
      error: { message: 'There is no GPU any more.' },
      isRetryable: true,
    });
  }
  expect(engine.runs).toHaveLength(1);
});

test('an engine that generates too few, too many or other samples fails the job', async () => {
  using folder = temporaryFolder();
  class WrongEngine extends TestEngine {
    override async generate(...[spec, listener]: Parameters<TestEngine['generate']>) {
      this.runs.push(spec);
      const samples = (length: number) => [new Float32Array(length)];
      if (spec.seed === 0) await listener.onAudio('music', 0, samples(7999));
      if (spec.seed === 1) await listener.onAudio('music', 0, samples(8001));
      if (spec.seed === 2) await listener.onAudio('effects', 0, samples(8000));
      if (spec.seed === 3) await listener.onAudio('music', 0, [...samples(8000), ...samples(8000)]);
      if (spec.seed === 4) await listener.onAudio('music', 1, samples(8000));
      return { ranking: null };
    }
  }
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [new WrongEngine()] });
  for (const seed of [0, 1, 2, 3, 4, 5]) {
    const id = newJobId();
    await queue.submit('a', id, music({ seed }));
    const { error } = await eventOf(queue, id, 'failed');
    expect(error.message, `seed ${seed}`).toMatch(/^The engine made .* so the result can't be used[.]$/);
  }
  expect(readdirSync(join(folder.path, 'sound'))).toEqual([]);
});

test.skipIf(!probe)(
  `sound that doesn't fit on the disk fails only its own job${needsSmallDisk}`,
  async () => {
    using disk = SmallDisk.make(3)!;
    await using queue = openSqliteQueue({
      dataFolder: join(disk.path, 'data'),
      engines: [new TestEngine({ pieces: 20 })],
    });
    const [large, small] = [newJobId(), newJobId()];
    await queue.submit('a', large, music({ seconds: 300 }));
    expect((await allEvents(queue, large)).at(-1)).toMatchObject({
      t: 'failed',
      error: { name: 'DiskFullError' },
      isRetryable: true,
    });
    await queue.submit('a', small, music());
    const { result } = await eventOf(queue, small, 'done');
    expect(await allAudio(queue, small)).toHaveLength(result.bytes);
  },
);

test.skipIf(!probe)(
  `a disk that is filled by something else fails the run and refuses new jobs until there is space${needsSmallDisk}`,
  async () => {
    using disk = SmallDisk.make(3)!;
    const gate = new Gate(({ run, piece }) => run === 0 && piece === 2);
    const engines = [new TestEngine({ before: gate.before })];
    await using queue = openSqliteQueue({ dataFolder: join(disk.path, 'data'), engines });
    const [first, later] = [newJobId(), newJobId()];
    await queue.submit('a', first, music());
    const { signal } = await gate.reached();
    disk.fill();
    // The write-ahead log has some space left, which long requests use up.
    let refusal: unknown = null;
    for (let seed = 10; !refusal && seed < 500; seed++) {
      const request = music({ seed, negative: 'x'.repeat(2000) });
      await queue.submit(`client ${seed}`, newJobId(), request).catch((error: unknown) => (refusal = error));
    }
    expect(refusal).toMatchObject({ name: 'QueueFullError', retryAfterMs: 30_000 });
    const aborted = once(signal, 'abort');
    gate.release();
    const failed = eventOf(queue, first, 'failed');
    // The run has met the full disk.
    await aborted;
    disk.free();
    expect(await failed).toMatchObject({ error: { name: 'DiskFullError' }, isRetryable: true });
    await queue.submit('b', later, music({ seed: 2 }));
    expect((await allEvents(queue, later)).at(-1)).toMatchObject({ t: 'done' });
  },
);

test('a drained queue accepts no jobs, lets the run finish, and keeps the others for the next start', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(({ run, piece }) => run === 0 && piece === 2);
  const [running, waiting] = [newJobId(), newJobId()];
  {
    const queue = openSqliteQueue({
      dataFolder: folder.path,
      engines: [new TestEngine({ before: gate.before })],
    });
    await queue.submit('a', running, music());
    await gate.reached();
    await queue.submit('b', waiting, music({ seed: 2 }));
    const drained = queue.drain(30_000);
    await expect(queue.submit('c', newJobId(), music({ seed: 3 }))).rejects.toMatchObject({
      name: 'QueueFullError',
    });
    gate.release();
    await drained;
    expect((await queue.state(running)).status).toBe('done');
    expect((await queue.state(waiting)).status).toBe('queued');
    await queue[Symbol.asyncDispose]();
  }
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [new TestEngine()] });
  expect((await allEvents(queue, waiting)).at(-1)).toMatchObject({ t: 'done' });
  expect(await allAudio(queue, running)).toHaveLength(16_044);
});

test('a run that does not finish within the grace period is requeued, which does not count as a crash', async () => {
  using folder = temporaryFolder();
  const id = newJobId();
  for (let restart = 0; restart < 3; restart++) {
    const gate = new Gate(({ piece }) => piece === 2);
    const queue = openSqliteQueue({
      dataFolder: folder.path,
      engines: [new TestEngine({ before: gate.before })],
    });
    await queue.submit('a', id, music());
    await gate.reached();
    await queue.drain(1);
    expect((await queue.state(id)).status).toBe('queued');
    await queue[Symbol.asyncDispose]();
  }
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [new TestEngine()] });
  const events = await allEvents(queue, id);
  expect(events.map(({ t }) => t).filter((t) => t === 'part' || t === 'done')).toEqual(['part', 'done']);
});

test('a requeued description keeps its still for the next start', async () => {
  using folder = temporaryFolder();
  const id = newJobId();
  const gate = new Gate(({ piece }) => piece === 2);
  {
    await using queue = openSqliteQueue({
      dataFolder: folder.path,
      engines: [new TestEngine({ before: gate.before })],
    });
    const spec = { engine: 'test', question: 'What is this?' };
    await queue.submit('a', id, { verb: 'describe', spec, still: new Uint8Array(300) });
    await gate.reached();
  }
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [new TestEngine()] });
  expect(await eventOf(queue, id, 'done')).toMatchObject({ result: { text: 'A still of 300 bytes.' } });
});

test('an engine that does not stop delays closing by a few seconds, and its late end is only logged', async () => {
  using folder = temporaryFolder();
  const { promise: logged, resolve: onUnexpectedError } = Promise.withResolvers<unknown>();
  const stopped = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const before = async ({ piece }: { piece: number }) => {
    if (piece !== 2) return;
    reached.resolve();
    await stopped.promise;
  };
  const id = newJobId();
  const queue = openSqliteQueue({
    dataFolder: folder.path,
    engines: [new TestEngine({ before })],
    onUnexpectedError,
  });
  await queue.submit('a', id, music());
  await reached.promise;
  await queue[Symbol.asyncDispose]();
  stopped.resolve();
  expect(await logged).toMatchObject({ message: 'database is not open' });
  await using later = openSqliteQueue({ dataFolder: folder.path, engines: [new TestEngine()] });
  expect((await allEvents(later, id)).at(-1)).toMatchObject({ t: 'done' });
});

test('a stream whose sound file was deleted fails without affecting other jobs', async () => {
  using folder = temporaryFolder();
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [new TestEngine()] });
  const id = newJobId();
  await queue.submit('a', id, music());
  await allEvents(queue, id);
  rmSync(join(folder.path, 'sound', readdirSync(join(folder.path, 'sound'))[0]!));
  await expect(allAudio(queue, id)).rejects.toMatchObject({ name: 'JobUnknownError' });
});
