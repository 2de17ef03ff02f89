import { afterAll, expect, test } from 'vitest';
import { optionsByStep } from '#lib/job/options.ts';
import { addOwnModel } from '#lib/models/obtain.ts';
import { deleteWeights, listWeights } from '#lib/models/weights-folder.ts';
import { findObjects } from '#lib/steps/objects/objects.ts';
import { hasSharedMedia, sharedFile } from '../../../fixtures/media/shared-media.ts';
import { quiet } from '../../../fixtures/media/step-context.ts';
import { hasSharedModels, sharedModel } from '../../../fixtures/models/shared-models.ts';

const WEIGHTS = 'detect/yolov9t_coco_640_fp32.onnx';
const isReady = hasSharedMedia && hasSharedModels;
if (!isReady) console.warn('Real weights or photos are absent: no detector is tried on real photos.');

interface Photo {
  file: string;
  /** How many of each thing it shows at least. */
  objects_min?: Record<string, number>;
}

afterAll(async () => {
  for (const { name } of await listWeights()) await deleteWeights(name);
});

test.skipIf(!isReady)(
  'YOLOv9 t finds at least nine of ten known things on real photos (skipped without shared models and media)',
  { timeout: 300_000 },
  async () => {
    const photos = JSON.parse(await (await sharedFile('image/MANIFEST.json')).text()) as Photo[];
    const pictures = await Promise.all(
      photos.map(async ({ file }, at) => ({ atSeconds: at, picture: await sharedFile(`image/${file}`) })),
    );
    const model = await addOwnModel(await sharedModel(WEIGHTS), quiet().signal);
    const { objects } = optionsByStep({ objects: { model, device: 'wasm' } }).all;
    const { detector, frames } = await findObjects(pictures, objects, quiet());
    expect(detector?.head).toBe('columns');
    const found = { known: 0, seen: 0 };
    for (const [at, { objects_min: wanted = {} }] of photos.entries()) {
      for (const [label, least] of Object.entries(wanted)) {
        found.known += least;
        found.seen += Math.min(least, frames[at]!.boxes.filter((box) => box.label === label).length);
      }
    }
    expect(found.known).toBeGreaterThan(30);
    expect(found.seen / found.known).toBeGreaterThanOrEqual(0.9);
  },
);
