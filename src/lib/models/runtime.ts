import * as ort from 'onnxruntime-web/webgpu';
import { threadCount } from './devices.ts';
import { RUNTIME_FILES } from './runtime-files.ts';

ort.env.wasm.wasmPaths = { ...RUNTIME_FILES };
ort.env.wasm.numThreads = threadCount();
ort.env.logLevel = 'error';

/** The one copy of onnxruntime in the app, told to take its program from our own origin. For workers. */
export { ort };
