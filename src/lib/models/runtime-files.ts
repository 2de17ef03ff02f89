import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';

/**
 * The URLs of the onnxruntime program on our own origin; the same for WebGPU and WASM.
 * For workers only: imported by a page, it would be in the build twice.
 */
export const RUNTIME_FILES = { mjs: glueUrl, wasm: wasmUrl };
