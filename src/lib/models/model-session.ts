import type * as Ort from 'onnxruntime-web';
import { chooseDevice, findDevices, type WantedDevice } from './devices.ts';
import { chooseProgram, needRuntime, ort } from './runtime.ts';

/** The device of a model, and why. */
export interface UsedDevice {
  name: 'webgpu' | 'wasm';
  /** Threads of the WASM runtime; 1 if the page is not isolated. */
  threads: number;
  why: string;
}

/** A tensor: an input or output of a graph. */
export interface Numbers {
  dims: readonly number[];
  data: Float32Array;
}

/** An input or output as the graph declares it; open dimensions are strings. */
export interface GraphValue {
  name: string;
  type: string;
  shape: readonly (number | string)[];
}

/** A model could not be opened, or failed while it ran. */
export class ModelError extends Error {
  override name = 'ModelError';
}

/** One ONNX model, loaded. For workers. When the GPU fails it continues with WASM. */
export class ModelSession {
  device: UsedDevice;
  #session: Ort.InferenceSession;
  #bytes: () => Promise<Uint8Array>;

  private constructor(session: Ort.InferenceSession, device: UsedDevice, bytes: () => Promise<Uint8Array>) {
    this.#session = session;
    this.device = device;
    this.#bytes = bytes;
  }

  /**
   * Loads a model.
   * @param bytes Returns the ONNX file; called again when the GPU is lost.
   * @throws ModelError when the file is no model that can run here; WeightsUnreachableError without the runtime.
   */
  static async open(bytes: () => Promise<Uint8Array>, wanted: WantedDevice = 'auto'): Promise<ModelSession> {
    const { name, why } = chooseDevice(wanted, await findDevices());
    if (name === 'webgpu') {
      try {
        const device = { name, threads: 1, why };
        return new ModelSession(await create(await bytes(), 'webgpu'), device, bytes);
      } catch (error) {
        const reason = `The GPU could not open the model: ${firstLine(error)}`;
        return new ModelSession(await create(await bytes(), 'wasm'), wasmDevice(reason), bytes);
      }
    }
    return new ModelSession(await create(await bytes(), 'wasm'), wasmDevice(why), bytes);
  }

  get inputs(): GraphValue[] {
    return tensors(this.#session.inputMetadata);
  }

  get outputs(): GraphValue[] {
    return tensors(this.#session.outputMetadata);
  }

  /**
   * Runs the graph once.
   * @param wanted Names of the outputs to compute; by default all.
   * @throws ModelError when it fails on every device.
   */
  async run(feeds: Record<string, Numbers>, wanted?: readonly string[]): Promise<Record<string, Numbers>> {
    try {
      return await this.#runOnce(feeds, wanted);
    } catch (error) {
      if (this.device.name === 'wasm') throw error;
      this.device = wasmDevice(`The GPU stopped: ${firstLine(error)}`);
      await this.close();
      this.#session = await create(await this.#bytes(), 'wasm');
      return this.#runOnce(feeds, wanted);
    }
  }

  /** Frees its memory; there is nothing to free on a lost device. */
  async close(): Promise<void> {
    await this.#session.release().catch(() => undefined);
  }

  async #runOnce(feeds: Record<string, Numbers>, wanted?: readonly string[]) {
    const given = Object.fromEntries(
      Object.entries(feeds).map(([name, { data, dims }]) => [name, new ort.Tensor('float32', data, dims)]),
    );
    try {
      const results = await (wanted ? this.#session.run(given, wanted) : this.#session.run(given));
      const read: [string, Numbers][] = [];
      for (const [name, tensor] of Object.entries(results)) {
        read.push([name, { dims: [...tensor.dims], data: toFloats(await tensor.getData(true)) }]);
      }
      return Object.fromEntries(read);
    } catch (error) {
      throw asModelError(error);
    } finally {
      for (const tensor of Object.values(given)) tensor.dispose();
    }
  }
}

async function create(bytes: Uint8Array, device: 'webgpu' | 'wasm'): Promise<Ort.InferenceSession> {
  chooseProgram(device);
  try {
    return await ort.InferenceSession.create(bytes, {
      executionProviders: [device],
      graphOptimizationLevel: 'all',
      // Threads that wait for work by turning round take the processor from the other steps: a job takes twice as long.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    await needRuntime();
    throw asModelError(error);
  }
}

function wasmDevice(why: string): UsedDevice {
  return { name: 'wasm', threads: ort.env.wasm.numThreads ?? 1, why };
}

function tensors(metadata: readonly Ort.InferenceSession.ValueMetadata[]): GraphValue[] {
  return metadata.flatMap((value) =>
    value.isTensor ? [{ name: value.name, type: value.type, shape: value.shape }] : [],
  );
}

/** Converts half precision and integers to 32-bit floats. */
function toFloats(data: Ort.Tensor.DataType): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>, Number);
}

function asModelError(error: unknown): ModelError {
  return error instanceof ModelError
    ? error
    : new ModelError('The model could not be used: this browser failed to run it.', { cause: error });
}

/** The rest of the runtime's messages is addresses and code. */
function firstLine(error: unknown): string {
  const { cause = error } = error as Error;
  const [line] = String((cause as Error).message ?? cause).split('\n');
  return line!.trim();
}
