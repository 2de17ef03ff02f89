import { afterEach, expect, test, vi } from 'vitest';
import { ModelSession } from '#lib/models/model-session.ts';
import { ort } from '#lib/models/runtime.ts';
import { Detector } from '#lib/steps/objects/detector.ts';
import { colourPicture, type Patch } from '../../fixtures/models/colour-picture.ts';
import { TINY_DETECTORS } from '../../fixtures/models/tiny-detectors.ts';

const adapter = await navigator.gpu?.requestAdapter();
// An emulated GPU compiles its shaders for many seconds.
const SLOW = { timeout: 240_000 };

async function loseGpu(): Promise<void> {
  const device = await ort.env.webgpu.device;
  device.destroy();
  await device.lost;
}

test.skipIf(!adapter)(
  'when the GPU is lost during a job WASM takes over, and every picture gets its boxes (skipped without WebGPU)',
  SLOW,
  async () => {
    const patches: Patch[] = [{ colour: 'red', x: 0.25, y: 0.25, width: 0.5, height: 0.25 }];
    const picture = await createImageBitmap(await colourPicture(64, 64, patches));
    const detector = await Detector.open(bytes, 'webgpu', 64);
    const [before] = await detector.detect([picture], 0.25);
    expect(detector.session.device.name).toBe('webgpu');
    await loseGpu();
    const [after] = await detector.detect([picture], 0.25);
    expect(after).toEqual(before);
    expect(before!.boxes).toHaveLength(1);
    expect(detector.session.device).toMatchObject({
      name: 'wasm',
      why: expect.stringMatching(/^The GPU stopped: /) as string,
    });
    await detector.session.close();
  },
);

afterEach(() => void vi.restoreAllMocks());
const bytes = () => Promise.resolve(TINY_DETECTORS.columns());
const feeds = { images: { dims: [1, 3, 64, 64], data: new Float32Array(3 * 64 * 64).fill(0.5) } };
const NO_MEMORY = 'failed to allocate a GPU buffer: out of memory\n    at 0x1f2e';

test.skipIf(!adapter)(
  'when the GPU has too little memory for the model WASM is used, and one line says so',
  async () => {
    vi.spyOn(ort.InferenceSession, 'create').mockRejectedValueOnce(new Error(NO_MEMORY));
    const session = await ModelSession.open(bytes, 'webgpu');
    expect(session.device).toMatchObject({
      name: 'wasm',
      why: 'The GPU could not open the model: failed to allocate a GPU buffer: out of memory',
    });
    expect(Object.keys(await session.run(feeds))).toEqual(['output0']);
    await session.close();
  },
);

test.skipIf(!adapter)('when the GPU runs out of memory during a job WASM does the rest', async () => {
  const broken = { run: () => Promise.reject(new Error(NO_MEMORY)), release: () => Promise.resolve() };
  vi.spyOn(ort.InferenceSession, 'create').mockResolvedValueOnce(broken as never);
  const session = await ModelSession.open(bytes, 'webgpu');
  expect(Object.keys(await session.run(feeds))).toEqual(['output0']);
  expect(session.device.why).toMatch(/^The GPU stopped: .*out of memory$/);
  await session.close();
});

test('when every device fails the error is one sentence', async () => {
  vi.spyOn(ort.InferenceSession, 'create').mockRejectedValue(
    new RangeError('Array buffer allocation failed'),
  );
  await expect(ModelSession.open(bytes, 'wasm')).rejects.toMatchObject({
    name: 'ModelError',
    message: 'The model could not be used: this browser failed to run it.',
  });
});
