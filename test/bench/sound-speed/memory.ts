/** Prints what rendering keeps and takes at most, in MB: node --expose-gc memory.ts <music|effects> <seconds>. */
import { readFileSync } from 'node:fs';
import { renderStem } from '../../../src/lib/synth/render.ts';
import { fullMix } from './full-mix.ts';

/** Chunks from one look to the next: 8 s. */
const EVERY = 16;

const [stem, seconds] = process.argv.slice(2) as ['music' | 'effects', string];
let live = 0;
let chunks = 0;
for (const chunk of renderStem(fullMix(Number(seconds)), stem)) {
  if (chunk.left.length === 0 || ++chunks % EVERY !== 0) continue;
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  live = Math.max(live, heapUsed + arrayBuffers);
}
console.log(JSON.stringify({ live: live / 1e6, resident: residentMegabytes() }));

/** The most this process ever had in memory; the system's own count would include the parent. */
function residentMegabytes(): number {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1000;
  } catch {
    return NaN;
  }
}
