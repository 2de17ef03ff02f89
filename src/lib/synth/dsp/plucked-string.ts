import { exp, sine } from './maths.ts';
import { WhiteNoise } from './noise.ts';
import { OnePole } from './one-pole.ts';
import type { Random } from './random.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/** Parameters of a plucked string. */
export interface PluckShape {
  /** Decay time (RT60) of the fundamental, seconds. */
  seconds: number;
  /** Damping of high partials: 0 steel … 1 gut. */
  damping: number;
  /** Pluck position as a share of the string's length, 0 at the bridge (bright) … 0.5. */
  position: number;
  /** Cut-off frequency of the excitation. */
  pluckHertz: number;
}

/** A plucked string by the extended Karplus-Strong algorithm (Jaffe and Smith, 1983), tuned by an allpass. */
export class PluckedString {
  readonly #ring: Float32Array;
  readonly #mask: number;
  readonly #delay: number;
  readonly #allpass: number;
  readonly #smoothing: number;
  readonly #loss: number;
  #write: number;
  #y = 0;
  #x1 = 0;
  #y1 = 0;

  constructor(hertz: number, shape: PluckShape, random: Random) {
    const period = SAMPLE_RATE / hertz;
    this.#smoothing = 0.02 + 0.46 * shape.damping;
    const rest = period - this.#smoothing;
    this.#delay = Math.max(2, Math.floor(rest - 0.2));
    const fraction = rest - this.#delay;
    this.#allpass = (1 - fraction) / (1 + fraction);
    // Gain of the fundamental per period by the smoothing filter alone.
    const s = this.#smoothing;
    const w = sine(0.25 + 1 / period);
    const own = 1 - 2 * s * (1 - s) * (1 - w);
    this.#loss = Math.min(
      0.99999,
      exp((-6.9078 * period) / (shape.seconds * SAMPLE_RATE)) / (own > 0.5 ? (1 + own) / 2 : 1),
    );
    let size = 16;
    while (size < this.#delay + 4) size *= 2;
    this.#ring = new Float32Array(size);
    this.#mask = size - 1;
    this.#write = this.#delay;
    this.#pluck(shape, random);
  }

  #pluck(shape: PluckShape, random: Random): void {
    const n = this.#delay;
    const burst = new Float32Array(n);
    new WhiteNoise(random).fill(burst);
    const filter = new OnePole(shape.pluckHertz);
    filter.lowpass(burst, burst);
    let mean = 0;
    for (let i = 0; i < n; i++) mean += burst[i]! / n;
    const offset = Math.max(1, Math.floor(n * shape.position));
    let energy = 1e-9;
    for (let i = 0; i < n; i++) {
      const x = burst[i]! - mean - 0.85 * (burst[(i + n - offset) % n]! - mean);
      this.#ring[i] = x;
      energy += x * x;
    }
    // Equal energy for every pitch and brightness.
    const gain = 0.35 / Math.sqrt(energy / n);
    for (let i = 0; i < n; i++) this.#ring[i] = this.#ring[i]! * gain;
  }

  /** Adds the next frames of the string. */
  add(out: Float32Array, gain: number, from = 0, to = out.length): void {
    const ring = this.#ring;
    const mask = this.#mask;
    const delay = this.#delay;
    const s = this.#smoothing;
    const loss = this.#loss;
    const c = this.#allpass;
    let w = this.#write;
    let y = this.#y;
    let x1 = this.#x1;
    let y1 = this.#y1;
    for (let i = from; i < to; i++) {
      const x = ring[(w - delay) & mask]!;
      const z = ((1 - s) * x + s * y) * loss;
      y = x;
      const a = c * (z - y1) + x1;
      x1 = z;
      y1 = a;
      ring[w & mask] = a;
      w++;
      out[i] = out[i]! + a * gain;
    }
    this.#write = w & 0x3fffffff;
    this.#y = y;
    this.#x1 = x1;
    this.#y1 = y1;
  }
}
