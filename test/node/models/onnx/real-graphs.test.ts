import { existsSync, readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { checkOnnx } from '#lib/models/onnx/check-onnx.ts';
import { exposeFeatureMap, FEATURE_MAP } from '#lib/models/onnx/expose-feature-map.ts';
import { classNames, readMetadata } from '#lib/models/onnx/read-metadata.ts';
import { tinyClassifier, TINY_CHANNELS } from '../../../fixtures/models/tiny-classifier.ts';
import { TINY_DETECTORS } from '../../../fixtures/models/tiny-detectors.ts';

const check = (bytes: Uint8Array) => checkOnnx(bytes.length, (at, count) => bytes.subarray(at, at + count));

test('a classifier with its feature map exposed gives the map that its pooling layer averages', async () => {
  const session = await ort.InferenceSession.create(exposeFeatureMap(tinyClassifier()));
  const data = Float32Array.from({ length: 2 * 3 * 64 * 96 }, (_, i) => Math.sin(i));
  const image = new ort.Tensor('float32', data, [2, 3, 64, 96]);
  const { [FEATURE_MAP]: map, logits } = await session.run({ pixel_values: image });
  expect(map!.dims).toEqual([2, TINY_CHANNELS, 2, 3]);
  expect(map!.type).toBe('float32');
  expect(logits!.dims).toEqual([2, 10]);
  const values = map!.data as Float32Array;
  expect(Math.max(...values)).toBeGreaterThan(0);
  expect(Math.min(...values)).toBe(0);
});

test('the map alone can be requested', async () => {
  const session = await ort.InferenceSession.create(exposeFeatureMap(tinyClassifier()));
  const image = new ort.Tensor('float32', new Float32Array(3 * 32 * 32), [1, 3, 32, 32]);
  expect(Object.keys(await session.run({ pixel_values: image }, [FEATURE_MAP]))).toEqual([FEATURE_MAP]);
});

test('a detector is no classifier whose map could be exposed', () => {
  expect(() => exposeFeatureMap(TINY_DETECTORS.columns())).toThrow(/this model has 0/);
});

test('names of classes come from the metadata of an export, where there are some', () => {
  expect(classNames(readMetadata(TINY_DETECTORS.columns()))).toEqual(['red', 'green', 'blue']);
  expect(classNames(readMetadata(TINY_DETECTORS.boxes()))).toBeNull();
});

test('a complete model passes the check, a truncated one does not', () => {
  const model = TINY_DETECTORS.boxes();
  expect(() => check(model)).not.toThrow();
  for (const length of [0, 1, 2, 3, 40, model.length >> 1, model.length - 1]) {
    expect(() => check(model.subarray(0, length)), `${length} bytes`).toThrow(/cut off or something else/);
  }
});

test.each([
  ['a page', '<!doctype html><html><body>Not found</body></html>'],
  ['JSON', '{"error":"Repository not found"}'],
  [
    'a pointer of Git LFS',
    'version https://git-lfs.github.com/spec/v1\noid sha256:0f684f40\nsize 15258358\n',
  ],
])('%s in place of a model does not pass the check', (_, text) => {
  expect(() => check(new TextEncoder().encode(text))).toThrow(/cut off or something else/);
});

const REAL = '../shared/models/detect/yolov9t_coco_640_fp32.onnx';
test.skipIf(!existsSync(REAL))(
  `a real export passes and has its class names (skipped without ${REAL})`,
  () => {
    const model = new Uint8Array(readFileSync(REAL));
    expect(() => check(model)).not.toThrow();
    expect(classNames(readMetadata(model))?.length ?? 80).toBe(80);
  },
);
