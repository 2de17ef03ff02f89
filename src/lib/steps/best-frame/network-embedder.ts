import type { WantedDevice } from '#lib/models/devices.ts';
import { ModelError, ModelSession } from '#lib/models/model-session.ts';
import { exposeFeatureMap, FEATURE_MAP } from '#lib/models/onnx/expose-feature-map.ts';

/** A classifier's weights, and its device. */
export interface Network {
  /** The model's id. */
  id: string;
  weights: Blob;
  device: WantedDevice;
}

/** A part of a picture, in pixels. */
interface Part {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Mean and standard deviation of ImageNet's red, green and blue, with which ResNets are trained (torchvision). */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;

/** The shorter side of the input. On the processor 512 would take seconds per frame. */
const SHORT_PIXELS = { webgpu: 512, wasm: 224 };
const STRIDE = 32;

/**
 * An embedder from an image classifier such as ResNet18 (He et al. 2015): the last feature map before pooling,
 * channels × rows × columns, flattened. All pictures are scaled to the size of the first one.
 */
export class NetworkEmbedder {
  /** Part of the output, so it has to change when the latents do. */
  readonly name: string;
  #session: ModelSession;
  #context: OffscreenCanvasRenderingContext2D | null = null;
  /** The network's input, reused for every picture. */
  #planes = new Float32Array();

  private constructor(id: string, session: ModelSession) {
    this.name = `${id} at ${SHORT_PIXELS[session.device.name]}`;
    this.#session = session;
  }

  /** The device that is used, and why. */
  get why(): string {
    const { name, why } = this.#session.device;
    return `${name}: ${why}`;
  }

  /** @throws FeatureMapError when it is no such classifier; ModelError when it can't be loaded. */
  static async open({ id, weights, device }: Network): Promise<NetworkEmbedder> {
    const bytes = async () => exposeFeatureMap(new Uint8Array(await weights.arrayBuffer()));
    return new NetworkEmbedder(id, await ModelSession.open(bytes, device));
  }

  /**
   * The latent of a part of a picture: always of the same length, compared by Euclidean distance.
   * @throws ModelError when the graph's input is not a single picture.
   */
  async embed(picture: ImageBitmap, { left, top, width, height }: Part): Promise<Float32Array> {
    const [input] = this.#session.inputs;
    this.#context ??= this.#prepare(input?.shape ?? [], width, height);
    const { canvas } = this.#context;
    this.#context.drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height);
    writeInput(this.#context.getImageData(0, 0, canvas.width, canvas.height).data, this.#planes);
    const feeds = { [input!.name]: { dims: [1, 3, canvas.height, canvas.width], data: this.#planes } };
    const { [FEATURE_MAP]: map } = await this.#session.run(feeds, [FEATURE_MAP]);
    if (!map) throw new ModelError('The model gave no feature map.');
    return map.data;
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  #prepare(shape: readonly (number | string)[], width: number, height: number) {
    const size = this.#sizeFor(shape, width, height);
    this.#planes = new Float32Array(3 * size.width * size.height);
    const context = new OffscreenCanvas(size.width, size.height).getContext('2d', {
      willReadFrequently: true,
    })!;
    context.imageSmoothingQuality = 'high';
    return context;
  }

  /** The size that the graph requires, else the given short side with the aspect ratio of the picture. */
  #sizeFor([, , rows, columns]: readonly (number | string)[], width: number, height: number) {
    if (typeof rows === 'number' && typeof columns === 'number') return { width: columns, height: rows };
    const scale = SHORT_PIXELS[this.#session.device.name] / Math.min(width, height);
    const side = (pixels: number) => Math.max(1, Math.round((pixels * scale) / STRIDE)) * STRIDE;
    // Limits the memory for panoramas.
    const most = 4 * SHORT_PIXELS[this.#session.device.name];
    return { width: Math.min(most, side(width)), height: Math.min(most, side(height)) };
  }
}

function writeInput(rgba: Uint8ClampedArray, planes: Float32Array): void {
  const size = rgba.length / 4;
  for (const channel of [0, 1, 2] as const) {
    const scale = 1 / (255 * DEVIATION[channel]);
    const offset = MEAN[channel] / DEVIATION[channel];
    for (let pixel = 0, at = channel; pixel < size; pixel++, at += 4) {
      planes[channel * size + pixel] = rgba[at]! * scale - offset;
    }
  }
}
