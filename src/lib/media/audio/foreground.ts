import { GrowingList } from './growing-list.ts';

/** Length of a step of the activity. */
export const ACTIVITY_STEP_SECONDS = 0.1;

/** The noise floor is estimated within this time before and after a step. */
const FLOOR_SECONDS = 10;
/** The noise floor is this quantile of the levels. */
const FLOOR_SHARE = 0.1;
/** Level above the noise floor at which activity is 0 and 1, dB. */
const ABOVE_FLOOR_DB = [4, 14] as const;
/** Level at which activity is 0 and 1, dBFS. */
const LEVEL_DB = [-55, -38] as const;
/** Level in the speech band relative to the whole at which activity is 0 (hum, rumble or hiss) and 1, dB. */
const BAND_SHARE_DB = [-14, -5] as const;

/**
 * Detects foreground sound, such as speech, by its level in the speech band (300 … 3400 Hz) relative to the noise floor
 * around it. Steady noise is background however loud it is.
 */
export class ForegroundMeter {
  #stepFrames: number;
  #frames = 0;
  #bandEnergy = 0;
  #energy = 0;
  #bandLevels = new GrowingList();
  #levels = new GrowingList();
  /** Poles and states of a highpass at 300 Hz and a lowpass at 3400 Hz, each of two one-poles. */
  #highPass: number;
  #lowPass: number;
  #state = new Float64Array(4);

  constructor(sampleRate: number) {
    this.#stepFrames = Math.round(sampleRate * ACTIVITY_STEP_SECONDS);
    this.#highPass = Math.exp((-2 * Math.PI * 300) / sampleRate);
    this.#lowPass = Math.exp((-2 * Math.PI * 3400) / sampleRate);
  }

  /** Adds the frames [start … end) of both channels. */
  add(left: Float32Array, right: Float32Array, start = 0, end = left.length): void {
    for (let from = start; from < end;) {
      const to = Math.min(end, from + this.#stepFrames - this.#frames);
      this.#measure(left, right, from, to);
      this.#frames += to - from;
      from = to;
      if (this.#frames === this.#stepFrames) this.#endStep();
    }
  }

  /** The activity of every step so far, 0 … 1 in steps of 0.01; an incomplete last step is included. */
  activity(): number[] {
    if (this.#frames > 0) this.#endStep();
    const band = this.#bandLevels.values;
    const all = this.#levels.values;
    const floors = noiseFloors(band);
    return Array.from(band, (level, index) => {
      const presence =
        ramp(level - floors[index]!, ABOVE_FLOOR_DB) *
        ramp(level, LEVEL_DB) *
        ramp(level - all[index]!, BAND_SHARE_DB);
      return Math.round(presence * 100) / 100;
    });
  }

  #measure(left: Float32Array, right: Float32Array, from: number, to: number): void {
    const high = this.#highPass;
    const low = this.#lowPass;
    let [a, b, c, d] = this.#state as unknown as [number, number, number, number];
    let energy = 0;
    let bandEnergy = 0;
    for (let index = from; index < to; index++) {
      const x = (left[index]! + right[index]!) * 0.5;
      a = x + (a - x) * high;
      b = x - a + (b - (x - a)) * high;
      const passed = x - a - b;
      c = passed + (c - passed) * low;
      d = c + (d - c) * low;
      energy += x * x;
      bandEnergy += d * d;
    }
    this.#state.set([a, b, c, d].map((value) => (Math.abs(value) < 1e-30 ? 0 : value)));
    this.#energy += energy;
    this.#bandEnergy += bandEnergy;
  }

  #endStep(): void {
    this.#levels.push(levelDb(this.#energy / this.#frames));
    this.#bandLevels.push(levelDb(this.#bandEnergy / this.#frames));
    this.#energy = 0;
    this.#bandEnergy = 0;
    this.#frames = 0;
  }
}

/** The noise floor of every step in dB, estimated once a second: a low quantile of the levels around it. */
function noiseFloors(levels: Float64Array): Float64Array {
  const reach = Math.round(FLOOR_SECONDS / ACTIVITY_STEP_SECONDS);
  const every = Math.round(1 / ACTIVITY_STEP_SECONDS);
  const floors = new Float64Array(levels.length);
  for (let first = 0; first < levels.length; first += every) {
    const near = levels.slice(Math.max(0, first - reach), first + every + reach).sort();
    floors.fill(near[Math.floor(near.length * FLOOR_SHARE)]!, first, first + every);
  }
  return floors;
}

function levelDb(power: number): number {
  return 10 * Math.log10(power + 1e-12);
}

/** 0 below `from`, 1 above `to`, smoothstep between. */
function ramp(value: number, [from, to]: readonly [number, number]): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}
