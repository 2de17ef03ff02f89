import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { defaultOptions } from '#lib/job/options.ts';
import { bestFrameStep } from '#lib/steps/best-frame/best-frame.ts';
import { findObjects } from '#lib/steps/objects/objects.ts';
import { deleteWeights, listWeights } from '#lib/models/weights-folder.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { hasSharedMedia, sharedFile } from '../../../fixtures/media/shared-media.ts';
import { asEntry, dividedFilm, outputOf, quiet } from '../../../fixtures/media/step-context.ts';
import { storeFrames } from '../../../fixtures/media/drawn-frames.ts';
import { colourPicture } from '../../../fixtures/models/colour-picture.ts';

const { objects: OPTIONS, 'best-frame': BEST } = defaultOptions().all;
if (!hasSharedMedia) console.warn('Real photos are absent: the detector of the app is not tried on them.');

const WEIGHTS = '/models/coco-ssd/ssdlite-mobilenet-v2.onnx';

const forget = async () => {
  for (const { name } of await listWeights()) await deleteWeights(name);
};
afterAll(forget);
afterEach(() => vi.restoreAllMocks());

const grey = () => colourPicture(64, 64, []);

test('with nothing downloaded the detector of the app looks, from our own origin alone', async () => {
  const asked = vi.spyOn(globalThis, 'fetch');
  const { detector, why } = await findObjects([{ atSeconds: 0, picture: await grey() }], OPTIONS, quiet());
  expect([detector?.model, detector?.head, why]).toEqual(['coco-ssd', 'columns', expect.any(String)]);
  const hosts = asked.mock.calls.map(
    ([url]) => new URL(url instanceof Request ? url.url : url, location.href).host,
  );
  expect(hosts.every((host) => host === location.host)).toBe(true);
});

test('its latents, one for each picture, choose the best frame', async () => {
  const red = { colour: 'red', x: 0, y: 0, width: 0.5, height: 1 } as const;
  const pictures = [await colourPicture(64, 64, [red]), await grey(), await colourPicture(64, 64, [red])];
  const frames = await storeFrames(pictures);
  const timed = frames.map(({ blob, takenSeconds }) => ({ atSeconds: takenSeconds, picture: blob }));
  const seen = await findObjects(timed, OPTIONS, quiet());
  expect((await readBlob(seen.latents!)).size).toBe(4 * 1280 * 3);
  const inputs = {
    frames: asEntry('frames', { frames, failed: [], readBy: 'webcodecs', why: '' }),
    objects: asEntry('objects', seen),
    ...dividedFilm(3),
  };
  const output = await outputOf(bestFrameStep.run(inputs, BEST, quiet()));
  expect(output).toMatchObject({ embedder: 'coco-ssd', index: 0 });
  // Equal pictures are at the same place.
  expect(output.distances[0]).toBeCloseTo(output.distances[2]!);
  const byLayout = await outputOf(bestFrameStep.run(inputs, { ...BEST, embedder: 'layout' }, quiet()));
  expect(byLayout.embedder).toBe('layout-1');
});

test('a file that was tampered with is one sentence, and nothing is seen', async () => {
  await forget();
  const file = new Uint8Array(await (await fetch(WEIGHTS)).arrayBuffer());
  file[file.length >> 1]! ^= 1;
  const tampered = URL.createObjectURL(new Blob([file]));
  const real = Worker.prototype.postMessage;
  vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...given: unknown[]) {
    const [message] = given as [{ argumentList?: { value?: { url?: string } }[] }];
    const request = message.argumentList?.find(({ value }) => value?.url?.includes('/models/'))?.value;
    if (request) request.url = tampered;
    return (real as (...parts: unknown[]) => void).apply(this, given);
  });
  const { detector, labels, why } = await findObjects(
    [{ atSeconds: 0, picture: await grey() }],
    { ...OPTIONS, minScore: 0.26 },
    quiet(),
  );
  expect([detector, labels]).toEqual([null, []]);
  expect(why).toMatch(/^The weights that came are not the promised ones: their checksum is another/);
});

test.skipIf(!hasSharedMedia)(
  'it finds three of four known kinds of things in real photos (skipped without shared media)',
  { timeout: 120_000 },
  async () => {
    interface Photo {
      file: string;
      objects_min?: Record<string, number>;
    }
    const photos = JSON.parse(await (await sharedFile('image/MANIFEST.json')).text()) as Photo[];
    const counts = { known: 0, seen: 0 };
    for (const { file, objects_min: wanted = {} } of photos) {
      const picture = await sharedFile(`image/${file}`);
      const { labels } = await findObjects([{ atSeconds: 0, picture }], OPTIONS, quiet());
      const kinds = Object.keys(wanted);
      counts.known += kinds.length;
      counts.seen += kinds.filter((kind) => labels.some(({ label }) => label === kind)).length;
    }
    expect(counts.known).toBeGreaterThan(15);
    expect(counts.seen / counts.known).toBeGreaterThanOrEqual(0.75);
  },
);
