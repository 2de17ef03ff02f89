import { afterAll, beforeEach, expect, test } from 'vitest';
import { hasBlob, readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { BlobsApi } from '../../fixtures/workers/blobs.worker.ts';
import BlobsWorker from '../../fixtures/workers/blobs.worker.ts?worker';

const worker = new WorkerClient<BlobsApi>(BlobsWorker);
const { signal } = new AbortController();
beforeEach(() => sweepBlobs(new Set()));
afterAll(() => worker.close());

test('bytes are read by the SHA-256 of their content', async () => {
  const name = await worker.call(signal, (api) => api.store('abc'));
  expect(name).toBe('sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  await expect((await readBlob(name)).text()).resolves.toBe('abc');
});

test('the same content is stored once', async () => {
  const first = await worker.call(signal, (api) => api.store('twice'));
  const second = await worker.call(signal, (api) => api.store('twice'));
  expect(second).toBe(first);
  await expect((await readBlob(first)).text()).resolves.toBe('twice');
});

test('a blob may be written out of order', async () => {
  const name = await worker.call(signal, (api) => api.storeOutOfOrder());
  expect([...new Uint8Array(await (await readBlob(name)).arrayBuffer())]).toEqual([1, 2, 3, 4]);
});

test('a discarded blob leaves nothing behind', async () => {
  await expect(worker.call(signal, (api) => api.discard())).resolves.toEqual([]);
});

test('a full device is reported in one sentence', async () => {
  await expect(worker.call(signal, (api) => api.writeWhenFull())).rejects.toMatchObject({
    name: 'StorageFullError',
  });
});

test('a sweep frees unused blobs and keeps the rest', async () => {
  const kept = await worker.call(signal, (api) => api.store('kept'));
  const lost = await worker.call(signal, (api) => api.store('lost'));
  expect(await sweepBlobs(new Set([kept]))).toBe(4);
  expect([await hasBlob(kept), await hasBlob(lost)]).toEqual([true, false]);
});

test('a missing blob has an error of its own name', async () => {
  const name = `sha256-${'0'.repeat(64)}`;
  await expect(readBlob(name)).rejects.toMatchObject({ name: 'BlobMissingError' });
});
