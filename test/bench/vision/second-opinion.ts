import * as web from 'onnxruntime-web';
import type { Box } from '../../../src/lib/job/entries/objects.ts';
import type { RgbaImage } from '../../../src/lib/media/pixels/rgba-image.ts';
import { COCO_LABELS } from '../../../src/lib/steps/objects/coco-labels.ts';
import { suppress, type Detection } from '../../../src/lib/steps/objects/detection.ts';
import { toBox } from '../../../src/lib/steps/objects/to-box.ts';
import { fitPicture } from './photos.ts';

const SIDE = 416;
const STRIDES = [8, 16, 32];

/**
 * What another network, trained by other people, sees in photos: YOLOX-nano, whose raw output [1, 3549, 85] is decoded
 * here by its paper (Ge et al. 2021): centres from cells of 8, 16 and 32 pixels, sizes by exponent, objectness × class.
 */
export async function secondOpinion(
  model: Uint8Array,
  pictures: readonly RgbaImage[],
  minScore: number,
): Promise<Box[][]> {
  const session = await web.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const seen: Box[][] = [];
  for (const picture of pictures) {
    const { rgba, fit } = fitPicture(picture, { width: SIDE, height: SIDE }, true);
    const input = new web.Tensor('float32', bluesFirst(rgba), [1, 3, SIDE, SIDE]);
    const { [session.outputNames[0]!]: output } = await session.run({ [session.inputNames[0]!]: input });
    const boxes = suppress(decode(output!.data as Float32Array, minScore))
      .map((one) => toBox(one, fit, COCO_LABELS))
      .filter((box): box is Box => box !== null);
    seen.push(boxes);
  }
  await session.release();
  return seen;
}

/** Planes of blue, green and red, 0 … 255. */
function bluesFirst(rgba: Uint8ClampedArray): Float32Array {
  const size = rgba.length / 4;
  return Float32Array.from(
    { length: 3 * size },
    (_, at) => rgba[(at % size) * 4 + 2 - Math.floor(at / size)]!,
  );
}

function decode(output: Float32Array, minScore: number): Detection[] {
  const width = 5 + COCO_LABELS.length;
  const found: Detection[] = [];
  let row = 0;
  for (const stride of STRIDES) {
    for (let cell = 0; cell < (SIDE / stride) ** 2; cell++, row++) {
      const values = output.subarray(row * width, (row + 1) * width);
      const classes = values.subarray(5);
      const classIndex = classes.indexOf(Math.max(...classes));
      const score = values[4]! * classes[classIndex]!;
      if (score < minScore) continue;
      const x = (values[0]! + (cell % (SIDE / stride))) * stride;
      const y = (values[1]! + Math.floor(cell / (SIDE / stride))) * stride;
      const [w, h] = [Math.exp(values[2]!) * stride, Math.exp(values[3]!) * stride];
      found.push({ left: x - w / 2, top: y - h / 2, right: x + w / 2, bottom: y + h / 2, classIndex, score });
    }
  }
  return found;
}
