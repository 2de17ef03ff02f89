import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { Models } from '#lib/state/models.svelte.ts';
import { deleteWeights, listWeights } from '#lib/models/weights-folder.ts';
import { TINY_DETECTORS } from '../../fixtures/models/tiny-detectors.ts';

const LONG = { timeout: 120_000 };
const ID = 'dfine-n';

async function forget() {
  vi.restoreAllMocks();
  localStorage.clear();
  for (const { name } of await listWeights()) await deleteWeights(name);
}
beforeEach(forget);
afterEach(forget);

const row = (models: Models, id = ID) => models.rows.find(({ model }) => model.id === id)!;
const tiny = (name = 'tiny.onnx') => new File([new Uint8Array(TINY_DETECTORS.boxes())], name);

/** Redirects every download of weights to the test's own server. */
function answerBy(query: string): void {
  const real = Worker.prototype.postMessage;
  vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...given: unknown[]) {
    const text = JSON.stringify(given[0]) ?? '';
    const to = `${inject('weightsServer')}/model.onnx${query}`;
    if (text.includes('huggingface.co')) redirect(given[0], to);
    return (real as (...parts: unknown[]) => void).apply(this, given);
  });
}

/** Replaces the address of the hub in messages. */
function redirect(part: unknown, to: string): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [name, value] of Object.entries(part)) {
    if (typeof value === 'string' && value.includes('huggingface.co'))
      (part as Record<string, unknown>)[name] = to;
    else redirect(value, to);
  }
}

test(
  'known and installed models, and hosts of the others, are listed without downloading any',
  LONG,
  async () => {
    const models = new Models();
    expect(models.rows).toEqual([]);
    await models.checkOffers();
    expect(row(models)).toMatchObject({
      bytes: null,
      offer: { place: 'hub' },
      download: null,
      failure: null,
    });
    expect(row(models, 'yolov9-t').offer).toBeNull();
    expect([models.detectorId, models.describer]).toEqual(['coco-ssd', null]);
    expect(models.devices).not.toBeNull();
    expect(await listWeights()).toEqual([]);
  },
);

test(
  'a user’s own detector is used from then on, also by the next page, until it is deleted',
  LONG,
  async () => {
    const models = new Models();
    await models.add(tiny());
    const id = models.detectorId!;
    expect(models.isUsed(row(models, id).model)).toBe(true);
    await models.add(new File([new Uint8Array(TINY_DETECTORS.columns())], 'other.onnx'));
    expect([models.detectors.length, models.isUsed(row(models, id).model)]).toEqual([3, false]);
    models.choose(id);
    models.chooseDevice('wasm');
    const later = new Models();
    await later.refresh();
    expect([later.detectorId, later.device]).toEqual([id, 'wasm']);
    await later.remove(id);
    expect(later.detectorId).not.toBe(id);
  },
);

test('a file that is no model is refused in one sentence, and nothing changes', LONG, async () => {
  const models = new Models();
  await models.add(new File(['<!doctype html>'], 'page.onnx'));
  expect(models.failure?.message).toMatch(/A whole ONNX model was wanted/);
  expect(await listWeights()).toEqual([]);
});

test('a failed download is reported in its row, and can be tried again', LONG, async () => {
  const models = new Models();
  await models.checkOffers();
  answerBy('?status=503');
  await models.download(ID);
  expect(row(models).failure?.name).toBe('WeightsError');
  expect([row(models).download, row(models).bytes]).toEqual([null, null]);
});

test('weights that don’t match the manifest are refused', LONG, async () => {
  const models = new Models();
  await models.checkOffers();
  answerBy('');
  await models.download(ID);
  expect(row(models).failure?.name).toMatch(/^Weights/);
  expect(row(models).bytes).toBeNull();
});

test('a cancelled download is no failure, and the bytes so far stay for the next time', LONG, async () => {
  const models = new Models();
  await models.checkOffers();
  answerBy('?cut=1000000');
  const running = models.download(ID);
  await expect.poll(() => row(models).download?.bytes ?? 0, { timeout: 30_000 }).toBeGreaterThan(0);
  models.cancel(ID);
  await running;
  expect([row(models).failure, row(models).download]).toEqual([null, null]);
});

test(
  'new projects look with the detector of the app, or with none, which the next page remembers',
  LONG,
  async () => {
    const models = new Models();
    await models.refresh();
    expect(models.defaultOptions().all.objects.model).toBe('coco-ssd');
    models.stopLooking();
    expect(models.defaultOptions().all.objects.model).toBeNull();
    const later = new Models();
    await later.refresh();
    expect(later.detectorId).toBeNull();
    later.choose('coco-ssd');
    expect(later.detectorId).toBe('coco-ssd');
  },
);

test('a downloaded detector is used from then on; without it, the one of the app is', LONG, async () => {
  const models = new Models();
  await models.checkBetter();
  expect(models.better?.offer?.place).toBe('hub');
  await models.add(tiny());
  expect(models.detectorId).toMatch(/^own~tiny/);
  await models.remove(models.detectorId!);
  expect(models.detectorId).toBe('coco-ssd');
});

test('what nobody hosts, or what this machine can’t run, is not usable', LONG, async () => {
  const models = new Models();
  models.chooseDevice('wasm');
  await models.checkOffers();
  const usable = (id: string) => models.isUsable(row(models, id));
  expect(['coco-ssd', 'dfine-n', 'yolov9-t', 'moondream2', 'smolvlm-256m'].map(usable)).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
});
