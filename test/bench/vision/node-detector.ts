import * as web from 'onnxruntime-web';
import type { Box } from '../../../src/lib/job/entries/objects.ts';
import type { RgbaImage } from '../../../src/lib/media/pixels/rgba-image.ts';
import { classNames, readMetadata } from '../../../src/lib/models/onnx/read-metadata.ts';
import { COCO_LABELS } from '../../../src/lib/steps/objects/coco-labels.ts';
import { suppressTwins } from '../../../src/lib/steps/objects/detection.ts';
import { chooseHead, type OutputShape } from '../../../src/lib/steps/objects/heads/head.ts';
import { toBox } from '../../../src/lib/steps/objects/to-box.ts';
import { fitPicture, toPlanes } from './photos.ts';

/** A detector in Node, with the app's own head and preparation of pictures. */
export interface NodeDetector {
  head: string;
  width: number;
  height: number;
  /** The graph's input for a picture, and what it found. */
  detect(picture: RgbaImage): Promise<{ planes: Float32Array; boxes: Box[] }>;
  close(): Promise<void>;
}

/**
 * Opens a detector with onnxruntime-web.
 * @param openPixels Side of the input if the graph leaves it open.
 */
export async function openInNode(
  model: Uint8Array,
  minScore: number,
  openPixels = 640,
): Promise<NodeDetector> {
  const session = await web.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const [input] = session.inputMetadata as readonly OutputShape[];
  const side = (at: number) => (typeof input!.shape[at] === 'number' ? input!.shape[at] : openPixels);
  const size = { width: side(3), height: side(2) };
  const metadata = readMetadata(model);
  const outputs = session.outputMetadata as readonly OutputShape[];
  const head = chooseHead(outputs, metadata.get('resize') === 'stretch');
  const labels = classNames(metadata) ?? COCO_LABELS;
  return {
    head: head.name,
    ...size,
    async detect(picture) {
      const { rgba, fit } = fitPicture(picture, size, head.isLetterboxed);
      const planes = toPlanes(rgba);
      const tensor = new web.Tensor('float32', planes, [1, 3, size.height, size.width]);
      const found = await session.run({ [input!.name]: tensor });
      const boxes = suppressTwins(head.read(found as never, 0, size, minScore))
        .map((one) => toBox(one, fit, labels))
        .filter((box): box is Box => box !== null);
      return { planes, boxes };
    },
    close: () => session.release(),
  };
}
