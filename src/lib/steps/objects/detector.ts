import type { Box } from '#lib/job/entries/objects.ts';
import type { WantedDevice } from '#lib/models/devices.ts';
import { ModelSession, type Numbers } from '#lib/models/model-session.ts';
import { classNames, readMetadata, type ModelMetadata } from '#lib/models/onnx/read-metadata.ts';
import { COCO_LABELS } from './coco-labels.ts';
import { suppressTwins } from './detection.ts';
import { chooseHead, LATENT, type Head } from './heads/head.ts';
import { ModelHeadError } from './heads/model-head-error.ts';
import type { InputSize } from './input-size.ts';
import { letterbox, PADDING_GREY, writePlanes, type Letterbox } from './letterbox.ts';
import { toBox } from './to-box.ts';

/** Maximum batch size: larger batches only take memory. */
const MAX_PICTURES = 4;

/** Maximum input side on the processor for graphs with open sides; more takes seconds per picture. */
const MAX_WASM_PIXELS = 416;

/** Open sides have to be multiples of the coarsest stride. */
const COARSEST_STRIDE = 32;

/** What was detected in a picture. */
export interface DetectedPicture {
  boxes: Box[];
  /** A point of a space in which pictures that look alike lie near each other; null when the graph gives none. */
  latent: Float32Array | null;
}

/** A loaded detector. For workers. */
export class Detector {
  readonly session: ModelSession;
  readonly head: Head;
  /** Batch size: 1 if the graph requires it. */
  readonly batch: number;
  #input: string;
  /** Set by the graph; null if the dimension is open. */
  #fixedBatch: number | null;
  #width: number | null;
  #height: number | null;
  #openPixels: number;
  #labels: readonly string[];
  /** The graph's input, reused for pictures of the same size. */
  #planes = new Float32Array();
  #context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;

  private constructor(session: ModelSession, inputPixels: number, metadata: ModelMetadata) {
    const [input, ...more] = session.inputs;
    if (!input || more.length > 0 || input.shape.length !== 4 || input.type !== 'float32') {
      throw new ModelHeadError('A detector with one input [batch, 3, height, width] of float32 was wanted.');
    }
    const [batch, , height, width] = input.shape;
    this.session = session;
    this.head = chooseHead(session.outputs, metadata.get('resize') === 'stretch');
    this.#input = input.name;
    this.#height = fixedSide(height);
    this.#width = fixedSide(width);
    this.#openPixels = inputPixels;
    this.#labels = classNames(metadata) ?? COCO_LABELS;
    this.#fixedBatch = fixedSide(batch);
    this.batch = this.head.isForOne ? 1 : (this.#fixedBatch ?? MAX_PICTURES);
  }

  /**
   * Loads a detector.
   * @param inputPixels Side of the input if the graph leaves it open.
   * @throws ModelHeadError when it is another kind of model; ModelError when it can't be loaded.
   */
  static async open(
    bytes: () => Promise<Uint8Array>,
    wanted: WantedDevice,
    inputPixels: number,
  ): Promise<Detector> {
    let metadata: ModelMetadata = new Map();
    const read = async () => {
      const model = await bytes();
      metadata = readMetadata(model);
      return model;
    };
    const session = await ModelSession.open(read, wanted);
    try {
      return new Detector(session, inputPixels, metadata);
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** Detects objects in at most `batch` pictures. */
  async detect(pictures: readonly ImageBitmap[], minScore: number): Promise<DetectedPicture[]> {
    const input = this.#sizeFor(pictures[0]!);
    const size = 3 * input.width * input.height;
    // A graph with a fixed batch needs a full one; the rest stays empty.
    const count = this.#fixedBatch ?? pictures.length;
    if (this.#planes.length !== size * count) this.#planes = new Float32Array(size * count);
    const data = this.#planes;
    const fits = pictures.map((picture, at) =>
      this.#draw(picture, input, data.subarray(at * size, (at + 1) * size)),
    );
    const dims = [count, 3, input.height, input.width];
    const outputs = await this.session.run({ [this.#input]: { dims, data } });
    const { [LATENT]: latents } = outputs;
    return pictures.map((_, at) => ({
      boxes: suppressTwins(this.head.read(outputs, at, input, minScore))
        .map((found) => toBox(found, fits[at]!, this.#labels))
        .filter((box) => box !== null),
      latent: latents ? rowOf(latents, at) : null,
    }));
  }

  /**
   * Graphs with open sides and a batch of one get the picture without bars, which is less to compute.
   */
  #sizeFor({ width, height }: ImageBitmap): InputSize {
    const isOpen = this.#width === null && this.#height === null;
    const isOnProcessor = this.session.device.name === 'wasm';
    const pixels = isOnProcessor ? Math.min(MAX_WASM_PIXELS, this.#openPixels) : this.#openPixels;
    if (!isOpen || !this.head.isForOne) {
      return { width: this.#width ?? pixels, height: this.#height ?? pixels };
    }
    const scale = pixels / Math.max(width, height);
    const side = (length: number) =>
      Math.max(1, Math.ceil((length * scale) / COARSEST_STRIDE)) * COARSEST_STRIDE;
    return { width: side(width), height: side(height) };
  }

  #draw(picture: ImageBitmap, input: InputSize, target: Float32Array): Letterbox {
    const fit = letterbox(picture, input, this.head.isLetterboxed);
    const { canvas } = this.#context;
    if (canvas.width !== input.width || canvas.height !== input.height) Object.assign(canvas, input);
    this.#context.fillStyle = `rgb(${PADDING_GREY} ${PADDING_GREY} ${PADDING_GREY})`;
    this.#context.fillRect(0, 0, input.width, input.height);
    this.#context.imageSmoothingQuality = 'high';
    this.#context.drawImage(picture, fit.left, fit.top, fit.width, fit.height);
    writePlanes(this.#context.getImageData(0, 0, input.width, input.height).data, target);
    return fit;
  }
}

/** One row of numbers, copied. */
function rowOf({ data, dims }: Numbers, at: number): Float32Array {
  const length = data.length / dims[0]!;
  return data.slice(at * length, (at + 1) * length);
}

function fixedSide(side: number | string | undefined): number | null {
  return typeof side === 'number' && side > 0 ? side : null;
}
