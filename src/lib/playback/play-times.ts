const SAMPLE_RATE = 48_000;

/** A range that is played again and again, seconds. */
export interface Loop {
  from: number;
  to: number;
}

/** From `at` on the clock, the sound is heard from second `from` on, `rate` seconds of it in each second. */
interface Span {
  at: number;
  from: number;
  rate: number;
}

/** Which second of the sound is heard at which time of the audio clock: one span after another, as in a loop. */
export class PlayTimes {
  #spans: Span[] = [];

  /** Begins a span and drops those that would begin later. Spans that are over are forgotten. */
  begin(at: number, from: number, rate: number, now: number): void {
    const past = this.#spans.filter((span) => span.at < at);
    const present = past.findLastIndex((span) => span.at <= now);
    this.#spans = [...past.slice(Math.max(0, present)), { at, from, rate }];
  }

  clear(): void {
    this.#spans = [];
  }

  /** The second that is heard at a time of the clock; the first one before playback begins. */
  secondsAt(time: number): number {
    const span = this.#spans.findLast(({ at }) => at <= time) ?? this.#spans[0];
    return span ? span.from + Math.max(0, time - span.at) * span.rate : 0;
  }
}

/** Sound that starts between two samples would be interpolated, which is audible as a click. */
export function onSampleGrid(seconds: number): number {
  return Math.round(seconds * SAMPLE_RATE) / SAMPLE_RATE;
}
