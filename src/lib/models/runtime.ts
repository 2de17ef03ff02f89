import * as ort from 'onnxruntime-web/webgpu';
import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { threadCount } from './devices.ts';

ort.env.wasm.wasmPaths = { mjs: glueUrl, wasm: wasmUrl };
ort.env.wasm.numThreads = threadCount();
ort.env.logLevel = 'error';

/** The one copy of onnxruntime in the app, told to take its program from our own origin. For workers. */
export { ort };
