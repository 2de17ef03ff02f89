import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openFaultProxy, type ConnectionFaults } from '../../../fixtures/fault-proxy.ts';
import { expectedSound, followRemote, sha256 } from '../../../fixtures/server/follow-remote.ts';
import { runTestServer, type TestServer } from '../../../fixtures/server/run-test-server.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
beforeAll(async () => {
  server = await runTestServer({
    variables: {
      ...{ SUBMITS_PER_MINUTE: '1000', REQUESTS_PER_MINUTE: '100000', SOCKETS_PER_ADDRESS: '1000' },
      ...{ JOBS_PER_CLIENT: '100' },
    },
  });
});
afterAll(() => server[Symbol.asyncDispose]());

let seed = 1000;

/** Runs a job of about a megabyte through a faulty proxy and compares every byte. */
async function expectWholeSound(plan: (connection: number) => ConnectionFaults): Promise<number> {
  await using proxy = await openFaultProxy(server.port, plan);
  const before = server.engine.begun.length;
  const spec = { seconds: 30, seed: seed++, candidates: 2 };
  const { sound, result, restarts } = await followRemote(proxy.port, spec);
  expect(sound.length).toBe(result.bytes);
  expect(sha256(sound)).toBe(sha256(expectedSound(spec)));
  expect(restarts).toBe(0);
  expect(server.engine.begun.length).toBe(before + 1);
  return proxy.count;
}

/** Pseudo-random numbers that are the same in each run. */
const scattered = (index: number, most: number) => (Math.imul(index + 1, 2654435761) >>> 0) % most;

test('without faults everything arrives over one connection', async () => {
  expect(await expectWholeSound(() => ({}))).toBe(1);
});

test('slices of seven bytes and of odd lengths arrive over one connection', async () => {
  expect(
    await expectWholeSound(() => ({ toClient: { sliceBytes: 6997 }, toServer: { sliceBytes: 7 } })),
  ).toBe(1);
});

test('delays of every slice change nothing', async () => {
  const fault = { sliceBytes: 16_384, delayMs: 5 };
  expect(await expectWholeSound(() => ({ toClient: fault, toServer: fault }))).toBe(1);
});

test.each([5, 130, 700, 1500, 66_000, 131_073, 500_001])(
  'a connection that is reset after %i bytes is resumed',
  async (resetAfter) => {
    const connections = await expectWholeSound((n) => (n === 1 ? { toClient: { resetAfter } } : {}));
    expect(connections).toBe(2);
  },
);

test('everything arrives over a connection that is reset repeatedly, each time later', async () => {
  const connections = await expectWholeSound((n) => ({
    toClient: { resetAfter: 2000 + scattered(n, 150_000) },
  }));
  expect(connections).toBeGreaterThan(5);
});

test.each([10, 250, 420, 540])(
  'a connection that is reset after %i bytes of the client, during hello or request, is resumed',
  async (resetAfter) => {
    expect(await expectWholeSound((n) => (n === 1 ? { toServer: { resetAfter } } : {}))).toBeGreaterThan(1);
  },
);

test.each([100_000, 400_000])(
  'a connection that becomes silent to the client after %i bytes is replaced and resumed',
  async (silentAfter) => {
    const connections = await expectWholeSound((n) => (n <= 2 ? { toClient: { silentAfter } } : {}));
    expect(connections).toBe(3);
  },
);

test('a connection that is silent from the start is replaced', async () => {
  expect(await expectWholeSound((n) => (n === 1 ? { toClient: { silentAfter: 0 } } : {}))).toBeGreaterThan(1);
});

test.each([380, 450, 600])(
  'a connection that becomes silent to the server after %i bytes, during or after the request, is replaced',
  async (silentAfter) => {
    server.engine.blockMs = 5;
    try {
      const fault = { toServer: { silentAfter } };
      expect(await expectWholeSound((n) => (n <= 2 ? fault : {}))).toBe(3);
    } finally {
      server.engine.blockMs = 0;
    }
  },
);

test('thirty parallel jobs over faulty connections arrive complete and run once each', async () => {
  const faults = [
    (n: number) => ({ toClient: { resetAfter: 500 + scattered(n, 400_000) } }),
    (n: number) => ({
      toClient: { resetAfter: n % 2 ? 1 + scattered(n, 2000) : 50_000 + scattered(n, 500_000) },
    }),
    (n: number) => (n % 3 ? { toClient: { silentAfter: 200 + scattered(n, 300_000) } } : {}),
    (n: number) => ({ toServer: { resetAfter: 300 + scattered(n, 2000) } }),
    () => ({ toClient: { sliceBytes: 7000 } }),
  ];
  const before = server.engine.begun.length;
  const jobs = Array.from({ length: 30 }, async (_, index) => {
    await using proxy = await openFaultProxy(server.port, faults[index % faults.length]!);
    const spec = { seconds: 20, seed: seed++ };
    const { sound } = await followRemote(proxy.port, spec);
    return sha256(sound) === sha256(expectedSound(spec));
  });
  expect(await Promise.all(jobs)).toEqual(Array(30).fill(true));
  expect(server.engine.begun.length).toBe(before + 30);
});
