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

/** By how much a rendering grows between one minute and five. The plan is one of ten minutes. */
function growthMegabytes(stem: 'music' | 'effects'): number {
  let frames = 0;
  let afterOneMinute = 0;
  for (const { left } of renderStem(fullMix(600), stem)) {
    frames += left.length;
    if (afterOneMinute === 0 && frames >= 60 * 48_000) afterOneMinute = liveMegabytes();
    if (frames >= 300 * 48_000) break;
  }
  return liveMegabytes() - afterOneMinute;
}

// Four minutes of sound are 92 MB. The music keeps at most 32 MB of tones and 20 tables, which the first minute leaves room in.
it.each([
  ['music', 30],
  ['effects', 6],
] as const)(
  'the %s of ten minutes need no more memory than those of one, but for what is kept of tones',
  (stem, most) => {
    expect(growthMegabytes(stem)).toBeLessThan(most);
  },
  120_000,
);
