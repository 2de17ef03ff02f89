import { beforeEach, expect, inject, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import type { Model } from '#lib/models/manifest.ts';
import { download } from '#lib/models/obtain.ts';
import { installedModel, installedWeights } from '#lib/models/installed.ts';
import { deleteWeights, listWeights } from '#lib/models/weights-folder.ts';

const { bytes, sha256 } = inject('weightsFacts');
const url = (query = '') => `${inject('weightsServer')}/model.onnx${query}`;
const log = async () => (await (await fetch(`${inject('weightsServer')}/log`)).json()) as string[];

function model(facts: { bytes: number | null; sha256: string | null } = { bytes, sha256 }): Model {
  const file = { path: 'model.onnx', megabytes: 3, ...facts, devices: ['wasm' as const], also: [] };
  return {
    id: 'tiny',
    title: 'Tiny',
    task: 'objects',
    about: '',
    home: '',
    hub: { repository: 'tests/tiny', revision: 'one' },
    isBuiltIn: false,
    files: [file],
    shared: [],
    licence: '',
    licenceMeans: '',
    contract: '',
    inputPixels: 64,
  };
}

async function get(query = '', wanted = model(), signal = new AbortController().signal) {
  const reports: [number, number | null][] = [];
  const offer = { file: wanted.files[0]!, place: 'hub' as const, url: url(query) };
  await download(wanted, offer, { signal, onProgress: (...report) => reports.push(report) });
  return reports;
}

beforeEach(async () => {
  for (const { name } of await listWeights()) await deleteWeights(name);
  await log();
});

test('weights are stored completely, with progress in bytes', async () => {
  const reports = await get();
  expect((await installedWeights(model()))?.size).toBe(bytes);
  expect(reports.length).toBeGreaterThan(0);
  expect(reports.every(([now, of]) => now <= bytes && of === bytes)).toBe(true);
});

test('what the hub has not in the pinned revision comes from the newest one, and that is said', async () => {
  const from = (revision: string) => `${inject('weightsServer')}/resolve/${revision}/model.onnx`;
  const file = model({ bytes: 1, sha256: '0'.repeat(64) }).files[0]!;
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  expect(await download(model(), { file, url: from('one') }, options)).toBe(false);
  expect((await installedWeights(model()))?.size).toBe(bytes);
  await deleteWeights((await listWeights())[0]!.name);
  const known = { file: model().files[0]!, url: from('main') };
  expect(await download(model(), known, options)).toBe(true);
});

test('installed weights are not downloaded again', async () => {
  await get();
  await get();
  expect(await log()).toEqual(['all']);
});

test('a download of what is on its way already waits for that', async () => {
  await Promise.all([get(), get()]);
  expect(await log()).toEqual(['all']);
});

/** A download that stalls after its first million bytes. */
async function begin(signal?: AbortSignal): Promise<{ running: Promise<unknown> }> {
  const running = get('?cut=1000000', model(), signal);
  running.catch(() => undefined);
  await vi.waitUntil(async () => (await listWeights()).some((stored) => stored.bytes === 1_000_000), {
    timeout: 30_000,
  });
  return { running };
}

async function breakOff(): Promise<void> {
  const { running } = await begin();
  await fetch(`${inject('weightsServer')}/break`);
  await expect(running).rejects.toMatchObject({
    name: 'WeightsError',
    message: `The download broke off after 1000000 of ${bytes} bytes. It can go on from there.`,
  });
}

test('an interrupted download is resumed', async () => {
  await breakOff();
  expect(await installedWeights(model())).toBeNull();
  await get();
  expect(await log()).toEqual(['all', 'bytes=1000000-']);
  expect((await installedWeights(model()))?.size).toBe(bytes);
});

test('a cancelled download is resumed, too', async () => {
  const abort = new AbortController();
  const { running } = await begin(abort.signal);
  abort.abort();
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  await get();
  expect(await log()).toEqual(['all', 'bytes=1000000-']);
  expect((await installedWeights(model()))?.size).toBe(bytes);
});

test('with another version on the server, or without ranges, the download starts again', async () => {
  for (const second of ['?version=two', '?norange']) {
    await breakOff();
    await get(second);
    expect((await installedWeights(model()))?.size, second).toBe(bytes);
    await deleteWeights((await listWeights())[0]!.name);
  }
});

test('tampered weights are deleted, and the next download starts again', async () => {
  await expect(get('?tamper')).rejects.toMatchObject({
    name: 'WeightsCorruptError',
    message: expect.stringContaining('checksum') as string,
  });
  expect(await listWeights()).toEqual([]);
  await get();
  expect((await installedWeights(model()))?.size).toBe(bytes);
});

test('a bad beginning of an earlier download is noticed at the end, and the file is downloaded again at once', async () => {
  await breakOff();
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('weights');
  const part = await folder.getFileHandle('tiny~one~model.onnx.part');
  const writer = await part.createWritable({ keepExistingData: true });
  await writer.write({ type: 'write', position: 5000, data: new Uint8Array(100) });
  await writer.close();
  await get();
  expect(await log()).toEqual(['all', 'bytes=1000000-', 'all']);
  expect((await installedWeights(model()))?.size).toBe(bytes);
});

test.each([
  ['a page in place of weights', '?page', 'WeightsError', /sent a page/],
  ['a refusal', '?status=403', 'WeightsError', /answered 403/],
  ['a missing file', '?status=404', 'WeightsNotFoundError', /answered 404/],
])('%s leaves nothing behind', async (_, query, name, message) => {
  await expect(get(query)).rejects.toMatchObject({ name, message: expect.stringMatching(message) as string });
  expect((await listWeights()).filter((stored) => stored.isFinished || stored.bytes > 0)).toEqual([]);
});

test('without a checksum a truncated file is recognised by its form', async () => {
  const unknown = model({ bytes: null, sha256: null });
  await get('', unknown);
  expect((await installedWeights(unknown))?.size).toBe(bytes);
  await deleteWeights('tiny~one~model.onnx');
  await expect(get('', model({ bytes: bytes + 1, sha256: null }))).rejects.toMatchObject({
    name: 'WeightsError',
  });
});

test('an unreachable server gives one clear sentence', async () => {
  const offer = { file: model().files[0]!, place: 'hub' as const, url: 'http://127.0.0.1:9/model.onnx' };
  const running = download(model(), offer, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  await expect(running).rejects.toThrow(
    'The weights could not be fetched from 127.0.0.1:9. Is there a network?',
  );
});

test('a full device says so, and the bytes so far are kept for a later try', async () => {
  const quota = (quotaSize?: number) =>
    cdp().send('Storage.overrideQuotaForOrigin', {
      origin: location.origin,
      ...(quotaSize && { quotaSize }),
    });
  const { usage = 0 } = await navigator.storage.estimate();
  await quota(usage + 1_500_000);
  try {
    await expect(get()).rejects.toMatchObject({
      name: 'StorageFullError',
      message: expect.stringContaining('no room for weights of 4 MB') as string,
    });
  } finally {
    await quota();
  }
  await get();
  expect((await installedWeights(model()))?.size).toBe(bytes);
});

const part = (path: string) => ({ path, megabytes: 3.1, bytes: null, sha256: null });

test('a model of several files is installed only with all of them, and its progress counts all of them', async () => {
  const whole: Model = {
    ...model(),
    files: [{ ...part('onnx/one.onnx'), devices: ['wasm'], also: [part('onnx/two.onnx')] }],
    shared: [part('onnx/three.onnx')],
  };
  const reports: [number, number | null][] = [];
  const offer = {
    file: whole.files[0]!,
    place: 'hub' as const,
    url: `${inject('weightsServer')}/onnx/one.onnx`,
  };
  const options = { signal: new AbortController().signal };
  await download(whole, offer, { ...options, onProgress: (...report) => reports.push(report) });
  const installed = await installedModel(whole);
  expect([...installed!.parts.keys()]).toEqual(['onnx/one.onnx', 'onnx/two.onnx', 'onnx/three.onnx']);
  expect(reports.map(([done]) => done)).toEqual(reports.map(([done]) => done).toSorted((a, b) => a - b));
  expect(reports.every(([done, of]) => of !== null && done <= of)).toBe(true);
  await deleteWeights('tiny~one~onnx~two.onnx');
  expect(await installedModel(whole)).toBeNull();
  await download(whole, offer, { ...options, onProgress: () => undefined });
  expect(await log()).toEqual(['all', 'all', 'all', 'all']);
});

test('a configuration that is no JSON is deleted', async () => {
  const whole: Model = { ...model(), shared: [part('config.json')] };
  await expect(get('', whole)).rejects.toMatchObject({
    name: 'WeightsCorruptError',
    message: 'A whole JSON file was wanted; this one is cut off or something else.',
  });
  expect((await listWeights()).some(({ name }) => name.includes('config'))).toBe(false);
});
