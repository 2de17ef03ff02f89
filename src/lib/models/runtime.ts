import * as ort from 'onnxruntime-web/webgpu';
import { threadCount } from './devices.ts';
import { RUNTIME_FILES } from './runtime-files.ts';

ort.env.wasm.wasmPaths = { ...RUNTIME_FILES };
ort.env.wasm.numThreads = threadCount();
ort.env.logLevel = 'error';

/** The only instance of onnxruntime in the app, with its program from our own origin. For workers. */
export { ort };
