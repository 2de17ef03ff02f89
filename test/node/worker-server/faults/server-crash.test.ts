import { expect, test, vi } from 'vitest';
import { expectedSound, followRemote, sha256 } from '../../../fixtures/server/follow-remote.ts';
import { KillableServer } from '../../../fixtures/server/killable-server.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A job of 100 blocks, which takes about a second. */
const SPEC = { seconds: 20, seed: 5 };

test.each([0, 0.1, 0.5, 0.95])(
  'a server that is killed when a share of %f has arrived resumes after its restart, with one retry and every byte once',
  async (share) => {
    await using server = await KillableServer.start(8);
    const whole = expectedSound(SPEC).length;
    let received = 0;
    const restarted: Promise<void>[] = [];
    const { sound, restarts } = await followRemote(server.port, SPEC, (event) => {
      if (event.t === 'bytes') received += event.bytes.length;
      const isTime = share === 0 ? event.t === 'accepted' : received >= whole * share;
      if (isTime && restarted.length === 0) restarted.push(server.stop('SIGKILL').then(() => server.start()));
    });
    await Promise.all(restarted);
    expect(restarted).toHaveLength(1);
    expect(sha256(sound)).toBe(sha256(expectedSound(SPEC)));
    expect(restarts).toBe(0);
    // Counters start at 0 with the process: the job ran once in this one.
    expect(await server.metric('immersivaudio_runs_total')).toBe(1);
  },
);

test('jobs that wait when the server is killed all run once after its restart', async () => {
  await using server = await KillableServer.start(1);
  const specs = Array.from({ length: 6 }, (_, index) => ({ seconds: 20, seed: 100 + index }));
  let accepted = 0;
  const everyAccepted = Promise.withResolvers<void>();
  const jobs = specs.map((spec) =>
    followRemote(server.port, spec, ({ t }) => {
      if (t === 'accepted' && ++accepted === specs.length) everyAccepted.resolve();
    }),
  );
  await everyAccepted.promise;
  const before = await server.metric('immersivaudio_jobs_done_total');
  await server.stop('SIGKILL');
  await server.start();
  const results = await Promise.all(jobs);
  expect(results.map(({ sound }) => sha256(sound))).toEqual(specs.map((spec) => sha256(expectedSound(spec))));
  expect(await server.metric('immersivaudio_runs_total')).toBeLessThanOrEqual(specs.length - before);
});

test('a server that is stopped lets the running job finish and sends all of its bytes', async () => {
  await using server = await KillableServer.start(5);
  const stopped: Promise<void>[] = [];
  const { sound } = await followRemote(server.port, SPEC, ({ t }) => {
    if (t === 'progress' && stopped.length === 0) {
      stopped.push(server.stop('SIGTERM').then(() => server.start()));
    }
  });
  await Promise.all(stopped);
  expect(sha256(sound)).toBe(sha256(expectedSound(SPEC)));
  // The job is not run again: only a later one is.
  await followRemote(server.port, { seconds: 1, seed: 6 });
  expect(await server.metric('immersivaudio_runs_total')).toBe(1);
});
