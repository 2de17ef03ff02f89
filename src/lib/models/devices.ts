import type { Model, ModelFile } from './manifest.ts';

/** The device for a model; `auto` is the GPU if there is a real one. */
export type WantedDevice = 'auto' | 'webgpu' | 'wasm';

/** More threads gain nothing. */
const MAX_THREADS = 8;

/** What this machine and this browser offer for running models. */
export interface Devices {
  /** `software`: a GPU emulated by the processor. It is far slower than WASM and only used on request. */
  gpu: 'real' | 'software' | 'none';
  /** Whether the GPU supports half precision. */
  hasHalf: boolean;
  /** Threads of the WASM runtime; 1 if the page is not isolated. */
  threads: number;
}

/** Detects the devices. Works in pages and in workers; loads nothing. */
export async function findDevices(): Promise<Devices> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  const hasHalf = adapter?.features.has('shader-f16') ?? false;
  const gpu = !adapter ? 'none' : adapter.info.isFallbackAdapter ? 'software' : 'real';
  return { gpu, hasHalf, threads: threadCount() };
}

/** Number of threads of the WASM runtime: one core stays free for the page and for decoding. */
export function threadCount(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(MAX_THREADS, (navigator.hardwareConcurrency || 1) - 1));
}

/** The device that a model would run on here, and why. */
export function chooseDevice(
  wanted: WantedDevice,
  { gpu }: Devices,
): { name: 'webgpu' | 'wasm'; why: string } {
  if (wanted === 'wasm') return { name: 'wasm', why: 'Asked for.' };
  if (gpu === 'none') return { name: 'wasm', why: 'This browser offers no GPU to web pages.' };
  if (wanted === 'webgpu') return { name: 'webgpu', why: 'Asked for.' };
  if (gpu === 'software') return { name: 'wasm', why: 'The only GPU here is a slow imitation.' };
  return { name: 'webgpu', why: 'There is a GPU.' };
}

/** Whether a model has a variant that was made for what it would run on here. */
export function canRun(model: Model, wanted: WantedDevice, devices: Devices): boolean {
  const { name } = chooseDevice(wanted, devices);
  const kinds =
    name === 'wasm' ? ['wasm'] : devices.hasHalf ? ['webgpu-fp16', 'webgpu', 'wasm'] : ['webgpu', 'wasm'];
  return model.files.some((file) => file.devices.some((device) => kinds.includes(device)));
}

/** The variant of a model's weights that suits this machine best. */
export function chooseFile(model: Model, wanted: WantedDevice, devices: Devices): ModelFile {
  const { name } = chooseDevice(wanted, devices);
  const order =
    name === 'wasm' ? ['wasm', 'webgpu'] : devices.hasHalf ? ['webgpu-fp16', 'webgpu'] : ['webgpu', 'wasm'];
  const suiting = order.flatMap((device) =>
    model.files.filter((file) => file.devices.includes(device as never)),
  );
  return suiting[0] ?? model.files[0]!;
}
