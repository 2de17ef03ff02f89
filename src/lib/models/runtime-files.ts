import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';

/**
 * Where our own origin has the program of onnxruntime; the one for both WebGPU and WASM.
 * For workers only: a page that imported it too would bring a second copy into the build.
 */
export const RUNTIME_FILES = { mjs: glueUrl, wasm: wasmUrl };
