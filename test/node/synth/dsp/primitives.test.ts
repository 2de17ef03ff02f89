import { describe, expect, it } from 'vitest';
import { BlockRing } from '#lib/synth/dsp/block-ring.ts';
import { guardFinite, peak } from '#lib/synth/dsp/blocks.ts';
import { inverseFft } from '#lib/synth/dsp/fft.ts';
import { ModalBank } from '#lib/synth/dsp/modal-bank.ts';
import { WhiteNoise } from '#lib/synth/dsp/noise.ts';
import { addSaw, addSine } from '#lib/synth/dsp/oscillators.ts';
import { buildPadTable } from '#lib/synth/dsp/pad-table.ts';
import { PeakLimiter } from '#lib/synth/dsp/peak-limiter.ts';
import { PluckedString } from '#lib/synth/dsp/plucked-string.ts';
import { random } from '#lib/synth/dsp/random.ts';
import { Reverb } from '#lib/synth/dsp/reverb.ts';
import { StateVariableFilter } from '#lib/synth/dsp/state-variable-filter.ts';
import { StereoBiquad } from '#lib/synth/dsp/stereo-biquad.ts';

/** Amplitude of one frequency (Goertzel, Hann window). */
function amplitudeAt(x: Float32Array, hertz: number, from = 0, to = x.length): number {
  let re = 0;
  let im = 0;
  for (let i = from; i < to; i++) {
    const w = 1 - Math.cos((2 * Math.PI * (i - from)) / (to - from));
    re += x[i]! * w * Math.cos((2 * Math.PI * hertz * i) / 48_000);
    im += x[i]! * w * Math.sin((2 * Math.PI * hertz * i) / 48_000);
  }
  return (2 * Math.hypot(re, im)) / (to - from);
}

function rms(x: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += x[i]! ** 2;
  return Math.sqrt(sum / (to - from));
}

describe('the block primitives', () => {
  it('render a sine of the right pitch and level, continuous over blocks', () => {
    const whole = new Float32Array(4800);
    addSine(whole, 0.1, 440 / 48_000, 0.5);
    const parts = new Float32Array(4800);
    let phase = 0.1;
    for (let i = 0; i < 4800; i += 480) phase = addSine(parts, phase, 440 / 48_000, 0.5, i, i + 480);
    expect(amplitudeAt(whole, 440)).toBeCloseTo(0.5, 2);
    for (let i = 0; i < 4800; i++) expect(Math.abs(whole[i]! - parts[i]!)).toBeLessThan(1e-6);
  });

  it('keep the aliases of a saw 35 dB below its fundamental', () => {
    const out = new Float32Array(48_000);
    addSaw(out, 0, 3100 / 48_000, 1);
    // The 13th partial, 40 300 Hz, folds to 7700 Hz.
    expect(20 * Math.log10(amplitudeAt(out, 7700) / amplitudeAt(out, 3100))).toBeLessThan(-35);
  });

  it('filter with 12 dB per octave', () => {
    const response = (hertz: number) => {
      const x = new Float32Array(24_000);
      addSine(x, 0, hertz / 48_000, 1);
      new StateVariableFilter(1000).lowpass(x, x);
      return 20 * Math.log10(amplitudeAt(x, hertz, 12_000));
    };
    expect(response(100)).toBeCloseTo(0, 1);
    expect(response(1000)).toBeCloseTo(-3, 0);
    expect(response(4000)).toBeGreaterThan(-26);
    expect(response(4000)).toBeLessThan(-22);
  });

  it.each([55, 110, 196, 440, 880, 1318.5])('tune a plucked string to %s Hz within 4 cents', (hertz) => {
    const out = new Float32Array(48_000);
    new PluckedString(
      hertz,
      { seconds: 3, damping: 0.35, position: 0.2, pluckHertz: 4000 },
      random('string'),
    ).add(out, 1);
    let best = 0;
    let loudest = 0;
    for (let cents = -30; cents <= 30; cents += 0.5) {
      const level = amplitudeAt(out, hertz * 2 ** (cents / 1200), 4800);
      if (level > loudest) {
        loudest = level;
        best = cents;
      }
    }
    expect(Math.abs(best)).toBeLessThanOrEqual(4);
  });

  it('render a mode with its decay time, which then is silent', () => {
    const bank = new ModalBank([{ hertz: 700, gain: 1, seconds: 0.5 }]);
    bank.strike(0.8);
    const left = new Float32Array(48_000);
    const right = new Float32Array(48_000);
    bank.add(left, right, 1, 0, 24_000);
    expect(20 * Math.log10(rms(left, 19_200, 21_600) / rms(left, 7200, 9600))).toBeCloseTo(-30, 0);
    expect(bank.isSilent).toBe(false);
    bank.add(left, right, 1, 24_000, 48_000);
    expect(bank.isSilent).toBe(true);
    expect(peak(left)).toBeCloseTo(0.8 * Math.SQRT1_2, 1);
  });

  it.each([
    [0.8, 0.4],
    [2.8, 1.1],
    [5, 1.35],
  ])('reverberate for %s s at size %s, with decorrelated channels and without DC', (seconds, size) => {
    const reverb = new Reverb({ seconds, size, brightness: 0.35, preDelaySeconds: 0.02 });
    const frames = 256 * 600;
    const left = new Float32Array(frames);
    const right = new Float32Array(frames);
    const inLeft = new Float32Array(256);
    const inRight = new Float32Array(256);
    for (let i = 0; i < frames; i += 256) {
      inLeft.fill(0);
      inRight.fill(0);
      if (i < 4800) {
        new WhiteNoise(random(`l${i}`)).fill(inLeft);
        new WhiteNoise(random(`r${i}`)).fill(inRight);
      }
      reverb.add(inLeft, inRight, left.subarray(i, i + 256), right.subarray(i, i + 256));
    }
    const a = Math.round(48_000 * (0.2 + 0.1 * seconds));
    const b = a + Math.round(48_000 * seconds * 0.4);
    const drop = 20 * Math.log10(rms(left, b, b + 4800) / rms(left, a, a + 4800));
    // Treble dies faster than the nominal time, so the whole falls a little steeper than 24 dB.
    expect(drop).toBeLessThan(-21);
    expect(drop).toBeGreaterThan(-40);
    let product = 0;
    let sum = 0;
    for (let i = a; i < b; i++) {
      product += left[i]! * right[i]!;
      sum += left[i]!;
    }
    expect(Math.abs(product / ((b - a) * rms(left, a, b) * rms(right, a, b)))).toBeLessThan(0.3);
    expect(Math.abs(sum / (b - a))).toBeLessThan(rms(left, a, b) * 0.05);
  });

  it('limit peaks to the ceiling and only delay quiet sound', () => {
    const limiter = new PeakLimiter(0.89);
    const frames = 64 * 600;
    const left = new Float32Array(frames);
    const right = new Float32Array(frames);
    const stream = random('limit');
    for (let i = 0; i < frames; i++) {
      left[i] = stream.gaussian() * (i > 12_000 && i < 13_000 ? 2 : 0.1);
      right[i] = stream.gaussian() * 0.1;
    }
    const before = left.slice();
    limiter.process(left, right);
    expect(peak(left)).toBeLessThanOrEqual(0.89);
    expect(peak(left)).toBeGreaterThan(0.7);
    for (let i = 0; i < 9000; i++) expect(left[i + PeakLimiter.latencyFrames]).toBe(before[i]);
    expect(() => limiter.process(new Float32Array(100), new Float32Array(100))).toThrow(TypeError);
  });

  it('transform one bin to one complex exponential', () => {
    const real = new Float64Array(64);
    const imaginary = new Float64Array(64);
    real[3] = 1;
    inverseFft(real, imaginary);
    for (let i = 0; i < 64; i++) {
      expect(real[i]).toBeCloseTo(Math.cos((2 * Math.PI * 3 * i) / 64), 10);
      expect(imaginary[i]).toBeCloseTo(Math.sin((2 * Math.PI * 3 * i) / 64), 10);
    }
    expect(() => inverseFft(new Float64Array(12), new Float64Array(12))).toThrow(TypeError);
  });

  it('build a pad table that loops seamlessly, is in tune and has independent channels', () => {
    const table = buildPadTable(
      220,
      { amplitude: (n) => 1 / n, widthCents: 20, widthGrowth: 1 },
      random('pad'),
    );
    const left = Float32Array.from(table.left, (x) => x * table.scale);
    const right = Float32Array.from(table.right, (x) => x * table.scale);
    const last = left.length - 1;
    let largest = 0;
    for (let i = 1; i <= last; i++) largest = Math.max(largest, Math.abs(left[i]! - left[i - 1]!));
    expect(Math.abs(left[0]! - left[last]!)).toBeLessThanOrEqual(largest);
    const near = [218, 219, 220, 221, 222].reduce((sum, hertz) => sum + amplitudeAt(left, hertz), 0);
    const far = [195, 200, 205, 235, 245].reduce((sum, hertz) => sum + amplitudeAt(left, hertz), 0);
    expect(near).toBeGreaterThan(30 * far);
    let product = 0;
    for (let i = 0; i <= last; i++) product += left[i]! * right[i]!;
    expect(Math.abs(product / (left.length * rms(left, 0, last) * rms(right, 0, last)))).toBeLessThan(0.25);
  });

  it('read a delayed block from a ring, also across its end', () => {
    const ring = new BlockRing(700);
    for (let block = 0; block < 24; block++) {
      for (let i = 0; i < 256; i++) ring.samples[ring.writeAt + i] = block * 256 + i + 1;
      ring.advance();
      for (const frames of [256, 300, 511, 700]) {
        const at = ring.readAt(frames);
        const oldest = (block + 1) * 256 - frames;
        for (const i of [0, 100, 255]) expect(ring.samples[at + i]).toBe(oldest + i < 0 ? 0 : oldest + i + 1);
      }
    }
  });

  it.each(['lowpass', 'bandpass', 'highpass'] as const)(
    'filter alike with a stereo biquad and a state variable filter: %s',
    (passing) => {
      const noise = new Float32Array(512);
      new WhiteNoise(random('noise')).fill(noise);
      const [left, right, wanted] = [new Float32Array(512), new Float32Array(512), new Float32Array(512)];
      new StateVariableFilter(900, 2)[passing](noise, wanted);
      new StereoBiquad(passing, 900, 2).add(noise, noise, left, right, 1, 0.5, 0, 512, 1, 0.5);
      wanted.forEach((x, i) => {
        expect(left[i]).toBeCloseTo(x, 5);
        expect(right[i]).toBeCloseTo(x / 2, 5);
      });
    },
  );

  it('replace samples that are not finite by 0', () => {
    const x = Float32Array.of(0.5, NaN, Infinity, -1);
    expect(guardFinite(x)).toBe(2);
    expect([...x]).toEqual([0.5, 0, 0, -1]);
  });
});
