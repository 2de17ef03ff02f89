import { proxy } from 'comlink';
import { afterEach, expect, test } from 'vitest';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { SumsApi } from '../../fixtures/workers/sums.worker.ts';
import SumsWorker from '../../fixtures/workers/sums.worker.ts?worker';

const worker = new WorkerClient<SumsApi>(SumsWorker);
const { signal } = new AbortController();
afterEach(() => worker.close());

test('a call into the worker returns its answer', async () => {
  await expect(worker.call(signal, (api) => api.add(2, 3))).resolves.toBe(5);
});

test('an error in the worker arrives with its name and its message', async () => {
  const refused = worker.call(signal, (api) => api.refuse());
  await expect(refused).rejects.toMatchObject({ name: 'RangeError', message: 'This sum is too large.' });
});

test('an aborted call rejects at once, and the next call starts a new worker', async () => {
  const abort = new AbortController();
  const call = worker.call(abort.signal, (api) => api.never(proxy(() => abort.abort())));
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  await expect(worker.call(signal, (api) => api.add(1, 1))).resolves.toBe(2);
});

test('a call with an aborted signal starts no worker', async () => {
  await expect(worker.call(AbortSignal.abort(), (api) => api.add(1, 1))).rejects.toMatchObject({
    name: 'AbortError',
  });
});

test('a worker that crashes rejects with a sentence, and the next call works again', async () => {
  const call = worker.call(signal, (api) => api.crash());
  await expect(call).rejects.toMatchObject({ name: 'WorkerCrashedError' });
  await expect(worker.call(signal, (api) => api.add(1, 2))).resolves.toBe(3);
});

test('a pending call rejects when another call terminates the worker', async () => {
  const abort = new AbortController();
  const waiting = worker.call(signal, (api) => api.never());
  const ended = worker.call(abort.signal, (api) => api.never());
  abort.abort();
  await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
  await expect(waiting).rejects.toMatchObject({ name: 'WorkerCrashedError' });
});
