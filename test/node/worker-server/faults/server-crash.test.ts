import { expect, test, vi } from 'vitest';
import { expectedSound, followRemote, sha256 } from '../../../fixtures/server/follow-remote.ts';
import { KillableServer } from '../../../fixtures/server/killable-server.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A job of 100 blocks, which takes about a second. */
const SPEC = { seconds: 20, seed: 5 };

test.each([0, 0.1, 0.5, 0.95])(
  'a server that is killed when a share of %f has arrived goes on after its restart: every byte once, made once more',
  async (share) => {
    await using server = await KillableServer.start(8);
    const whole = expectedSound(SPEC).length;
    let received = 0;
    const restarted: Promise<void>[] = [];
    const { sound, restarts } = await followRemote(server.port, SPEC, (news) => {
      if (news.t === 'bytes') received += news.bytes.length;
      const isTime = share === 0 ? news.t === 'accepted' : received >= whole * share;
      if (isTime && restarted.length === 0) restarted.push(server.stop('SIGKILL').then(() => server.start()));
    });
    await Promise.all(restarted);
    expect(restarted).toHaveLength(1);
    expect(sha256(sound)).toBe(sha256(expectedSound(SPEC)));
    expect(restarts).toBe(0);
    // The figures begin anew with the process: in this one the job ran once.
    expect(await server.metric('immersivaudio_runs_total')).toBe(1);
  },
);

test('jobs that wait when the server is killed are all made after its restart, each once', async () => {
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

test('a server that is asked to stop says so, lets the running job end, and gives every byte of it', async () => {
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
