import * as ort from 'onnxruntime-web/webgpu';
import { threadCount } from './devices.ts';
import { RUNTIME_FILES } from './runtime-files.ts';
import { WeightsUnreachableError } from './weights-error.ts';

ort.env.wasm.wasmPaths = { ...RUNTIME_FILES };
ort.env.wasm.numThreads = threadCount();
ort.env.logLevel = 'error';

/**
 * Fetches the runtime's program, as the runtime itself does, whose errors don't say whether that was the fault.
 * @throws WeightsUnreachableError
 */
export async function needRuntime(): Promise<void> {
  for (const url of Object.values(RUNTIME_FILES)) {
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
