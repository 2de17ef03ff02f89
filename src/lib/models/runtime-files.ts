import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';

/** Where our own origin has the program of onnxruntime; the one for both WebGPU and WASM. */
export const RUNTIME_FILES = { mjs: glueUrl, wasm: wasmUrl };

/** Has the service worker keep the runtime, so that a model that was just downloaded runs without a network, too. */
export async function keepRuntime(): Promise<void> {
  if (!navigator.serviceWorker?.controller) return;
  await Promise.all(Object.values(RUNTIME_FILES).map((url) => fetch(url)));
}
