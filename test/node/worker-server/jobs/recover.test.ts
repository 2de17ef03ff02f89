import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import type { JobEvent } from '#lib/protocol/job-event.ts';
import { sha256 } from '../../../../worker-server/jobs/content-key.ts';
import { openSqliteQueue } from '../../../../worker-server/jobs/open-sqlite-queue.ts';
import {
  allAudio,
  allEvents,
  music,
  newJobId,
  temporaryFolder,
} from '../../../fixtures/worker-server/job-helpers.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';

// Slow machines need longer to start a program.
vi.setConfig({ testTimeout: 60_000 });

const PROGRAM = fileURLToPath(new URL('../../../fixtures/worker-server/killable-queue.ts', import.meta.url));

interface Received {
  accepted: string[];
  events: JobEvent[];
  /** Bytes and digest of the sound that was received. */
  sound: { bytes: number; sha256: string };
}

/** Runs the program and kills it when it hangs, or after so many lines. */
async function runAndKill(
  folder: string,
  jobs: object[],
  hold: object | null,
  lines = Infinity,
): Promise<Received> {
  const child = spawn(process.execPath, [PROGRAM, folder, JSON.stringify(jobs), JSON.stringify(hold)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const received: Received = { accepted: [], events: [], sound: { bytes: 0, sha256: '' } };
  let printed = 0;
  for await (const line of createInterface(child.stdout)) {
    const output = JSON.parse(line) as Record<string, unknown>;
    if ('accepted' in output) received.accepted.push(output['accepted'] as string);
    if ('event' in output) received.events.push(output['event'] as JobEvent);
    if ('bytes' in output) received.sound = output as unknown as Received['sound'];
    if ('isHeld' in output || ++printed >= lines) child.kill('SIGKILL');
  }
  return received;
}

/** The bytes of an undisturbed queue for the seeds. */
async function undisturbed(seeds: readonly number[]): Promise<Buffer[]> {
  using folder = temporaryFolder();
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [new TestEngine()] });
  return await Promise.all(
    seeds.map(async (seed) => {
      const id = newJobId();
      await queue.submit(`client ${seed}`, id, music({ effects: 'rain', seed }));
      return allAudio(queue, id);
    }),
  );
}

/** Checks that a queue recovers everything that clients of a killed one had received. */
async function expectNothingLost(
  folder: string,
  jobs: { id: string; seed: number }[],
  received: Received,
): Promise<void> {
  const engine = new TestEngine();
  await using queue = openSqliteQueue({ dataFolder: join(folder, 'data'), engines: [engine] });
  const kept = jobs.filter(({ id }) => received.accepted.includes(id));
  const expected = await undisturbed(kept.map(({ seed }) => seed));
  for (const [index, { id }] of kept.entries()) {
    const events = await allEvents(queue, id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    expect(events.at(-1)!.t).toBe('done');
    const parts = events.filter(({ t }) => t === 'part').map((event) => 'part' in event && event.part.index);
    expect(parts).toEqual([0, 1]);
    expect(sha256(await allAudio(queue, id))).toBe(sha256(expected[index]!));
  }
  const [first] = kept;
  if (first) {
    const replay = await allEvents(queue, first.id);
    expect(replay.slice(0, received.events.length)).toEqual(received.events);
    const { bytes, sha256: digest } = received.sound;
    if (bytes > 0) expect(sha256(expected[0]!.subarray(0, bytes))).toBe(digest);
    // The rest starts at the offset where the client was.
    expect(await allAudio(queue, first.id, bytes)).toEqual(expected[0]!.subarray(bytes));
  }
  const log = join(folder, 'runs.log');
  const before = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0;
  expect(before + engine.runs.length).toBeLessThanOrEqual(kept.length + 1);
}

const POINTS = [
  { when: 'before the first sample', part: 0, piece: 0 },
  { when: 'in the middle of the first part', part: 0, piece: 2 },
  { when: 'between two parts', part: 1, piece: 0 },
  { when: 'in the middle of the second part', part: 1, piece: 3 },
  { when: 'after the last sample', part: 2, piece: 0 },
];

test.for(POINTS)(
  'a server killed $when loses nothing, and repeats only the run in progress',
  async (point) => {
    using folder = temporaryFolder();
    const jobs = [1, 2, 3].map((seed) => ({ id: newJobId(), seed }));
    const received = await runAndKill(folder.path, jobs, point);
    expect(received.accepted).toHaveLength(3);
    await expectNothingLost(folder.path, jobs, received);
  },
);

test('a server killed at any time loses no accepted job', async () => {
  for (const lines of [1, 2, 4, 7, 9, 12, 14, 16]) {
    using folder = temporaryFolder();
    const jobs = [1, 2].map((seed) => ({ id: newJobId(), seed }));
    await expectNothingLost(folder.path, jobs, await runAndKill(folder.path, jobs, null, lines));
  }
});

test('a run during which the server crashes twice fails as retryable', async () => {
  using folder = temporaryFolder();
  const jobs = [{ id: newJobId(), seed: 1 }];
  const point = { part: 1, piece: 1 };
  const first = await runAndKill(folder.path, jobs, point);
  const second = await runAndKill(folder.path, jobs, point);
  expect(second.events.slice(0, first.events.length)).toEqual(first.events);
  await using queue = openSqliteQueue({ dataFolder: join(folder.path, 'data'), engines: [new TestEngine()] });
  expect(await queue.state(jobs[0]!.id)).toMatchObject({
    status: 'failed',
    last: { t: 'failed', isRetryable: true },
  });
  expect(await allAudio(queue, jobs[0]!.id)).toHaveLength(0);
});

test('a job whose retried run generates other bytes fails instead of mixing both', async () => {
  using folder = temporaryFolder();
  const jobs = [{ id: newJobId(), seed: 1 }];
  await runAndKill(folder.path, jobs, { part: 1, piece: 1 });
  const engines = [new TestEngine({ drift: 0.01 })];
  await using queue = openSqliteQueue({ dataFolder: join(folder.path, 'data'), engines });
  expect((await allEvents(queue, jobs[0]!.id)).at(-1)).toMatchObject({
    t: 'failed',
    error: { name: 'RunDiffersError' },
    isRetryable: true,
  });
});

test('jobs for an engine that no longer exists fail', async () => {
  using folder = temporaryFolder();
  const jobs = [{ id: newJobId(), seed: 1 }];
  await runAndKill(folder.path, jobs, { part: 0, piece: 1 });
  const engines = [new TestEngine({ name: 'other' })];
  await using queue = openSqliteQueue({ dataFolder: join(folder.path, 'data'), engines });
  expect((await queue.state(jobs[0]!.id)).last).toMatchObject({
    t: 'failed',
    error: { message: 'The engine "test" is no longer on this server.' },
  });
});
