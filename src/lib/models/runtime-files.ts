import gpuGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import gpuUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import url from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

/**
 * The URLs of the onnxruntime programs on our own origin. The one for WebGPU runs models on the processor, too, but is
 * twice as large, and takes twice as long until its first results.
 * For workers only: imported by a page, they would be in the build twice.
 */
export const RUNTIME_FILES = {
  webgpu: { mjs: gpuGlueUrl, wasm: gpuUrl },
  wasm: { mjs: glueUrl, wasm: url },
};
