import { afterAll, beforeAll, expect, test } from 'vitest';
import { askServer } from '#lib/remote/ask-server.ts';
import { newJobId } from '#lib/remote/remote-request.ts';
import { RemoteJob } from '#lib/remote/remote-job.ts';
import { ServerLink } from '#lib/remote/server-link.ts';
import { openCountingProxy, type CountingProxy } from '../../fixtures/server/counting-proxy.ts';
import { runTestServer, type TestServer } from '../../fixtures/server/run-test-server.ts';

const TOKEN = 'a-secret-of-many-letters';
const spec = { engine: 'tick', music: 'ticks', negative: '', seconds: 2, steps: 25, guidance: 3.5 };

let server: TestServer;
let proxy: CountingProxy;
beforeAll(async () => {
  server = await runTestServer({ variables: { TOKEN } });
  proxy = await openCountingProxy(server.port);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** Follows a job over the proxy; with `isCut` the connection breaks at the first bytes. */
async function follow(token: string | null, seed: number, isCut = false) {
  const link = new ServerLink(`http://127.0.0.1:${proxy.port}`, token, { longestRetry: 40 });
  const job = await RemoteJob.start(link, newJobId(), {
    verb: 'generate',
    spec: { ...spec, seed, candidates: 2 },
  });
  let bytes = 0;
  try {
    for await (const event of job) {
      if (event.t !== 'bytes') continue;
      if (isCut && bytes === 0) proxy.cut();
      bytes += event.bytes.length;
    }
  } finally {
    link.close();
  }
  return bytes;
}

test('the right token opens a connection, each with a ticket of its own', async () => {
  server.engine.blockMs = 5;
  const begun = server.engine.begun.length;
  expect(await follow(TOKEN, 1, true)).toBe(2 * (44 + 2 * 2 * 8000));
  expect(server.engine.begun.length).toBe(begun + 1);
});

test('a wrong or missing token ends the job at once with one sentence', async () => {
  await expect(follow('another-secret-of-letters', 2)).rejects.toMatchObject({ name: 'ServerTokenError' });
  await expect(follow(null, 3)).rejects.toMatchObject({ name: 'ServerTokenError' });
});

test('a wrong or missing token also refuses the question for engines', async () => {
  const about = await askServer(server.url, TOKEN);
  expect(about).toMatchObject({ queued: 0, engines: [{ name: 'tick', isPreview: true }] });
  await expect(askServer(server.url, 'wrong')).rejects.toMatchObject({ name: 'ServerTokenError' });
});
