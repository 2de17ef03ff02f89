import { createRequire } from 'node:module';
import * as web from 'onnxruntime-web';
import type { Timing } from './timing.ts';

/** The part of a runtime that is used here; onnxruntime-node has it as onnxruntime-web has. */
export type Runtime = Pick<typeof web, 'InferenceSession' | 'Tensor'>;

/** A graph, an input for it, and the output that is wanted. */
export interface GraphRun {
  bytes: Uint8Array;
  data: Float32Array;
  dims: readonly number[];
  output?: string;
}

/**
 * onnxruntime-node, which comes along with transformers.js; null where it is not installed. Its install script, which
 * would fetch programs for NVIDIA cards, is not needed for the processor.
 */
export function loadNative(): Runtime | null {
  try {
    return createRequire(import.meta.url)('onnxruntime-node') as Runtime;
  } catch {
    return null;
  }
}

/** Runs a graph in Node: by onnxruntime-node, or by onnxruntime-web as WASM, whose threads are told once and for all. */
export async function runInNode(
  runtime: Runtime,
  { bytes, data, dims, output }: GraphRun,
  threads: number,
  rounds: number,
): Promise<Timing> {
  const began = performance.now();
  const session = await runtime.InferenceSession.create(bytes, {
    ...(runtime === web ? { executionProviders: ['wasm'] } : { intraOpNumThreads: threads }),
    graphOptimizationLevel: 'all',
  });
  const opened = performance.now() - began;
  const wanted = output ?? session.outputNames[0]!;
  const runs: number[] = [];
  const work: number[] = [];
  let numbers = new Float32Array();
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    const before = process.cpuUsage();
    const feeds = { [session.inputNames[0]!]: new runtime.Tensor('float32', data, dims) };
    const results = await session.run(feeds, [wanted]);
    const { user, system } = process.cpuUsage(before);
    runs.push(performance.now() - start);
    work.push((user + system) / 1000);
    numbers = results[wanted]!.data as Float32Array<ArrayBuffer>;
  }
  await session.release();
  return { opened, first: runs[0]!, runs: runs.slice(1), work: work.slice(1), output: numbers };
}
