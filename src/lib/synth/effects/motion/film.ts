import { clamp, exp, exp2, lerp, smoothstep } from '../../dsp/maths.ts';
import { addSine } from '../../dsp/oscillators.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { foley } from '../sources/foley.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { mono, shaped, mix, type Source } from '../sources/source.ts';
import type { OneShotDef } from '../sound-def.ts';

/** A whoosh; the channel strip pans it. Intensity is its speed. */
export const whoosh: OneShotDef = {
  name: 'whoosh',
  kind: 'oneShot',
  family: 'motion',
  description: 'a whoosh',
  place: 'open',
  seconds: 0.8,
  create: (random, { seconds, intensity }) => {
    const body = new NoiseBand(random.fork('body'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 500,
      quality: 1.1,
    });
    const edge = new NoiseBand(random.fork('edge'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 1000,
      quality: 1.6,
    });
    const peakAt = random.between(0.5, 0.6);
    const shape = (t: number) => {
      const x = clamp(t / seconds, 0, 1);
      const up = smoothstep(x / peakAt);
      const down = smoothstep((1 - x) / (1 - peakAt));
      return x < peakAt ? up * up : down * Math.sqrt(down);
    };
    let frames = 0;
    const rush: Source = (left, right, from, to) => {
      const t = frames / SAMPLE_RATE;
      frames += to - from;
      const level = shape(t);
      const hertz = lerp(260, 1500 + 2600 * intensity, level) * (t > peakAt * seconds ? 0.85 : 1);
      body.tune(hertz, 1.1);
      edge.tune(hertz * 2.1, 1.6);
      body.add(left, right, from, to, 0.5);
      edge.add(left, right, from, to, 0.18);
      return true;
    };
    return shaped(rush, seconds, shape);
  },
};

/** A deep cinematic hit: a drum of falling pitch, a crack and a tail of noise. */
export const impact: OneShotDef = {
  name: 'impact',
  kind: 'oneShot',
  family: 'motion',
  description: 'an impact',
  place: 'room',
  seconds: 2,
  create: (random, { intensity }) => {
    const force = 0.6 + 0.6 * intensity;
    let phase = 0;
    const drum = mono((out, from, to, t) => {
      const hertz = 38 + 75 * exp(-t * 18);
      const level = 0.9 * force * smoothstep(t / 0.004) * exp(-t * 3.2);
      const next = 0.9 * force * smoothstep((t + 0.005) / 0.004) * exp(-(t + 0.005) * 3.2);
      phase = addSine(out, phase, hertz / SAMPLE_RATE, level, from, to, next);
      return t < 2;
    });
    const crack = foley(random, [
      { at: 0, filter: 'lowpass', hertz: 900, gain: 1.1 * force, attack: 0.001, decay: 0.045 },
      { at: 0, filter: 'bandpass', hertz: 3000, gain: 0.4 * force, decay: 0.012 },
      { at: 0.02, filter: 'lowpass', hertz: 300, gain: 0.8 * force, attack: 0.01, decay: 0.4 },
    ]);
    return mix([drum, crack]);
  },
};

/** A riser, which ends exactly after its length. */
export const riser: OneShotDef = {
  name: 'riser',
  kind: 'oneShot',
  family: 'motion',
  description: 'a rising tension',
  place: 'room',
  seconds: 3,
  create: (random, { seconds, intensity }) => {
    const air = new NoiseBand(random.fork('air'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 400,
      quality: 1.6,
    });
    let frames = 0;
    const tones = [1, 1.006, 1.5].map((ratio) => ({ ratio, phase: random.next() }));
    const glide = mono((out, from, to, t) => {
      const hertz = 110 * exp2((2 * t) / seconds);
      for (const tone of tones) {
        for (const [k, level] of [
          [1, 0.12],
          [2, 0.07],
          [3, 0.04],
        ] as const) {
          addSine(out, tone.phase * k, (hertz * tone.ratio * k) / SAMPLE_RATE, level, from, to);
        }
        tone.phase += (hertz * tone.ratio * (to - from)) / SAMPLE_RATE;
      }
      return true;
    });
    const rise: Source = (left, right, from, to) => {
      const x = clamp(frames / SAMPLE_RATE / seconds, 0, 1);
      frames += to - from;
      air.tune(400 * exp2(3.4 * x), 1.6);
      air.add(left, right, from, to, 0.35 + 0.3 * intensity);
      return glide(left, right, from, to);
    };
    return shaped(rise, seconds, (t) => {
      const x = clamp(t / seconds, 0, 1);
      return x * x * smoothstep((seconds - t) / 0.04);
    });
  },
};

/** An arpeggio of high chimes. */
export const shimmer: OneShotDef = {
  name: 'shimmer',
  kind: 'oneShot',
  family: 'motion',
  description: 'a magical shimmer',
  place: 'open',
  seconds: 2.4,
  create: (random) => {
    const scale = [0, 2, 4, 7, 9];
    const up = random.chance(0.6);
    const count = random.integer(10, 16);
    return foley(
      random,
      [],
      Array.from({ length: count }, (_, i) => {
        const step = up ? i : count - 1 - i;
        const semitones = 12 * Math.floor(step / 5) + scale[step % 5]!;
        const hertz = 1250 * exp2(semitones / 12) * random.between(0.998, 1.002);
        return {
          at: i * 0.07 * random.between(0.8, 1.2),
          gain: 0.12 * random.between(0.6, 1),
          modes: [
            { hertz, seconds: 1.2, gain: 0.6 },
            { hertz: hertz * 2.76, seconds: 0.4, gain: 0.2 },
          ],
        };
      }),
      random.between(-0.3, 0.3),
    );
  },
};
