import { Drift } from '../../dsp/drift.ts';
import { clamp, exp, lerp, panGains, smoothstep } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { Pings } from '../sources/pings.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Waves on a beach, from lapping to surf by intensity. */
export const sea: AmbienceDef = {
  name: 'sea',
  kind: 'ambience',
  family: 'water',
  description: 'waves breaking on a shore',
  place: 'open',
  create: (random, intensity) => {
    const force = 0.1 + 0.8 * intensity;
    const waves = [2.2, -3.1, -6].map((startSeconds, i) => new Wave(random.fork(i), force, startSeconds));
    const depth = new NoiseBand(random.fork('depth'), {
      colour: 'pink',
      filter: 'lowpass',
      hertz: 420,
      quality: 0.55,
    });
    const breath = new Drift(random.fork('breath'), 0.15);
    const foam = new Pings(32);
    return (left, right, from, to) => {
      depth.add(left, right, from, to, 0.07 * (1 + 0.3 * breath.advance(to - from)));
      for (const wave of waves) wave.add(left, right, from, to, foam);
      foam.add(left, right, from, to);
      return true;
    };
  },
};

/** One wave after another: each swells, breaks, washes up the sand and fizzes out. */
class Wave {
  readonly #random: Random;
  readonly #force: number;
  readonly #wash: NoiseBand;
  readonly #fizz: NoiseBand;
  #seconds: number;
  #period = 9;
  #size = 0.7;
  #pan = 0;
  #moves = 0;
  #pitch = 1;

  constructor(random: Random, force: number, startSeconds: number) {
    this.#random = random;
    this.#force = force;
    this.#seconds = startSeconds;
    this.#wash = new NoiseBand(random.fork('wash'), {
      colour: 'white',
      filter: 'lowpass',
      hertz: 800,
      quality: 0.55,
      width: 0.7,
    });
    this.#fizz = new NoiseBand(random.fork('fizz'), {
      colour: 'white',
      filter: 'highpass',
      hertz: 3800,
      quality: 0.6,
    });
    this.#begin();
  }

  #begin(): void {
    const random = this.#random;
    this.#period = random.between(7.5, 11.5) * (1.15 - 0.3 * this.#force);
    this.#size = random.between(0.5, 1);
    this.#pan = random.between(-0.7, 0.7);
    this.#moves = random.between(-0.18, 0.18);
    this.#pitch = random.between(0.85, 1.2);
  }

  add(left: Float32Array, right: Float32Array, from: number, to: number, foam: Pings): void {
    if (this.#seconds > this.#period) {
      this.#seconds -= this.#period;
      this.#begin();
    }
    const x = this.#seconds / this.#period;
    this.#seconds += (to - from) / SAMPLE_RATE;
    if (x < 0) return;
    const swelling = smoothstep(x / 0.34);
    const isBroken = x >= 0.34;
    const surge = isBroken ? exp(-(x - 0.34) * 5.2) : swelling * swelling;
    const end = smoothstep((1 - x) / 0.12);
    const fizz = x < 0.36 ? 0 : smoothstep((x - 0.36) / 0.1) * exp(-(x - 0.4) * 4.5) * end;
    const hertz = isBroken ? 850 + 2050 * exp(-(x - 0.34) * 3.6) : lerp(420, 2900, swelling * swelling);
    this.#wash.tune(hertz * this.#pitch * (0.75 + 0.5 * this.#force), 0.55);
    const [l, r] = panGains(clamp(this.#pan + this.#moves * this.#seconds, -0.8, 0.8));
    const wash = this.#size * surge * end * 0.53;
    this.#wash.add(left, right, from, to, wash * (0.45 + l), wash * (0.45 + r));
    const hiss = this.#size * fizz * 0.1;
    this.#fizz.add(left, right, from, to, hiss * (0.5 + l), hiss * (0.5 + r));
    const random = this.#random;
    if (fizz > 0.15 && random.chance(fizz * 0.5)) {
      const u = random.next();
      foam.hit(
        random.between(1500, 6000),
        random.between(0.004, 0.012),
        0.02 * this.#size * u * u,
        random.between(-1, 1),
      );
    }
  }
}
