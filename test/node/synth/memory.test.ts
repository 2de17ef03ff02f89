import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { renderStem } from '#lib/synth/render.ts';
import { fullMix } from '../../bench/sound-speed/full-mix.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is alive now, in MB. */
function liveMegabytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

/**
 * By how much a rendering grows from its third minute, when what it keeps is there, to its fifth. The plan is one of ten
 * minutes. Buffers are freed some time after they were collected, so the least of several looks counts.
 */
function growthMegabytes(stem: 'music' | 'effects'): number {
  const live = new Map<number, number>();
  let chunks = 0;
  for (const { left } of renderStem(fullMix(600), stem)) {
    const minute = Math.floor((chunks++ * left.length) / 48_000 / 60);
    if (minute === 5) break;
    if (chunks % 8 === 0) live.set(minute, Math.min(live.get(minute) ?? Infinity, liveMegabytes()));
  }
  return live.get(4)! - live.get(2)!;
}

// Two minutes of sound are 46 MB.
it.each([
  ['music', 5],
  ['effects', 2],
] as const)(
  'the %s need no more memory after five minutes than after three',
  (stem, most) => {
    expect(growthMegabytes(stem)).toBeLessThan(most);
  },
  120_000,
);
