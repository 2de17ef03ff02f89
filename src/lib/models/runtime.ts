import * as ort from 'onnxruntime-web/webgpu';
import { threadCount } from './devices.ts';
import { RUNTIME_FILES } from './runtime-files.ts';
import { WeightsUnreachableError } from './weights-error.ts';

ort.env.wasm.numThreads = threadCount();
ort.env.logLevel = 'error';

/** The program that this worker loads, or has loaded. */
let program: { mjs: string; wasm: string } | null = null;

/**
 * Decides on the program of the runtime; to be called before the first model is opened. A worker loads only one: after
 * that for the processor no model can use the GPU, while that for the GPU can do both.
 */
export function chooseProgram(device: 'webgpu' | 'wasm'): void {
  program ??= RUNTIME_FILES[device];
  ort.env.wasm.wasmPaths = { ...program };
}

/**
 * Fetches the runtime's program, as the runtime itself does, whose errors don't say whether that was the fault.
 * @throws WeightsUnreachableError
 */
export async function needRuntime(): Promise<void> {
  for (const url of Object.values(program ?? {})) {
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (!answer?.ok) {
      throw new WeightsUnreachableError(
        'The program that runs models could not be fetched. Is there a network?',
      );
    }
  }
}

/** The only instance of onnxruntime in the app, with its program from our own origin. For workers. */
export { ort };
