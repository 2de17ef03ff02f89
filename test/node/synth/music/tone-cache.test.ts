import { expect, it } from 'vitest';
import { random } from '#lib/synth/dsp/random.ts';
import { findInstrument } from '#lib/synth/music/instruments/instruments.ts';
import { CachedTone, PIECE_FRAMES } from '#lib/synth/music/tone-cache.ts';

const BLOCK_FRAMES = 256;
const FRAMES = 4 * PIECE_FRAMES;

const start = (name: string) =>
  findInstrument(name).start({
    ...{ midi: 52, hertz: 164.81, velocity: 0.7, seconds: 8 },
    random: random('tone'),
  });

/** One side as its instrument renders it. */
function rendered(name: string, side: 0 | 1): Float32Array {
  const tone = start(name);
  const both = [new Float32Array(FRAMES), new Float32Array(FRAMES)] as const;
  for (let at = 0; at < FRAMES; at += BLOCK_FRAMES)
    tone.render(both[0].subarray(at, at + BLOCK_FRAMES), both[1].subarray(at, at + BLOCK_FRAMES));
  const { monoLevels } = tone;
  return monoLevels ? both[0].map((x) => x * monoLevels[side]) : both[side];
}

it.each(['felt piano', 'celesta', 'nylon guitar', 'cello', 'sub bass'])(
  'a cached %s differs from the one that was rendered by less than -86 dB of its peak',
  (name) => {
    const cached = new CachedTone(start(name));
    cached.ensure(FRAMES);
    for (const side of [0, 1] as const) {
      const wanted = rendered(name, side);
      const largest = wanted.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      expect(largest).toBeGreaterThan(0.01);
      let worst = 0;
      wanted.forEach((x, i) => {
        const piece = cached.pieces[Math.floor(i / PIECE_FRAMES)]!;
        const [samples, scale] = side ? [piece.right, piece.scaleRight] : [piece.left, piece.scaleLeft];
        worst = Math.max(worst, Math.abs(x - samples[i % PIECE_FRAMES]! * scale));
      });
      expect(worst).toBeLessThan(largest * 5e-5);
    }
  },
);

it('a mono tone takes one array, and is rendered only as far as it was asked for', () => {
  const cached = new CachedTone(start('sub bass'));
  cached.ensure(PIECE_FRAMES + 1);
  expect(cached.frames).toBe(2 * PIECE_FRAMES);
  expect(cached.bytes).toBe(2 * 2 * PIECE_FRAMES);
  for (const { left, right } of cached.pieces) expect(right).toBe(left);
});
