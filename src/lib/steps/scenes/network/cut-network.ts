import { PICTURE, WINDOW, type WindowScores } from '#lib/media/scenes/cut-windows.ts';
import type { WantedDevice } from '#lib/models/devices.ts';
import { ModelError, ModelSession } from '#lib/models/model-session.ts';

const INPUT = [1, WINDOW, PICTURE.rows, PICTURE.columns, 3];

/** A loaded TransNetV2 (Souček & Lokoč 2020), which finds the ends of shots. For workers. */
export class CutNetwork {
  readonly #session: ModelSession;
  readonly #input: string;
  readonly #cut: string;
  readonly #transition: string;

  private constructor(session: ModelSession) {
    const { inputs, outputs } = session;
    const [input] = inputs;
    const isFit = input?.shape.every((side, at) => typeof side === 'string' || side === INPUT[at]);
    if (
      !input ||
      inputs.length !== 1 ||
      input.shape.length !== INPUT.length ||
      !isFit ||
      outputs.length !== 2
    )
      throw new ModelError(
        `A network with one input [${INPUT.join(', ')}] and two outputs was wanted; this one has ` +
          `${inputs.map(({ shape }) => `[${shape.join(', ')}]`).join(', ') || 'none'} and ${outputs.length} outputs.`,
      );
    this.#session = session;
    this.#input = input.name;
    const names = outputs.map(({ name }) => name);
    // Exports without names have the end of a shot first, as the authors' network.
    this.#cut = names.find((name) => name === 'cut') ?? names.find((name) => name !== 'transition')!;
    this.#transition = names.find((name) => name !== this.#cut)!;
  }

  /** @throws ModelError when it is another kind of model, or can't be loaded. */
  static async open(weights: Blob, device: WantedDevice): Promise<CutNetwork> {
    const bytes = async () => new Uint8Array(await weights.arrayBuffer());
    const session = await ModelSession.open(bytes, device);
    try {
      return new CutNetwork(session);
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** The device that is used, and why. */
  get why(): string {
    const { name, why } = this.#session.device;
    return `${name}: ${why}`;
  }

  /**
   * Scores the pictures of a window.
   * @param window `WINDOW` pictures, row by row, red, green and blue, 0 … 255.
   * @throws ModelError when the network fails, or gives no probabilities.
   */
  async predict(window: Float32Array): Promise<WindowScores> {
    const outputs = await this.#session.run({ [this.#input]: { dims: INPUT, data: window } });
    return {
      cut: probabilities(outputs[this.#cut]!.data),
      transition: probabilities(outputs[this.#transition]!.data),
    };
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}

function probabilities(values: Float32Array): Float32Array {
  if (values.length !== WINDOW || !values.every((value) => value >= -1e-3 && value <= 1.001))
    throw new ModelError(
      `${WINDOW} probabilities were wanted of the network; it gave ${values.length} other numbers.`,
    );
  return values;
}
