/** What a graph took somewhere, in milliseconds. */
export interface Timing {
  opened: number;
  /** The first run, with all that is made ready only then. */
  first: number;
  /** The other runs. */
  runs: number[];
  /** Processor time of the runs, all threads together, which other programs don't stretch; empty in a browser. */
  work: number[];
  /** Numbers of the first output, to compare. */
  output: Float32Array;
}

const least = (numbers: readonly number[]) => Math.min(...numbers);

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** The heading of the lines below. */
export const TIMING_HEAD = 'quickest, middle, processor time, first run, opening (milliseconds)';

/** One line of a table; beside a limit with how many times as long it takes, by processor time where that is known. */
export function timingLine(name: string, timing: Timing | null, limit?: Timing | null): string {
  if (!timing) return `${name.padEnd(34)} not within the time it was given`;
  const { opened, first, runs, work } = timing;
  const number = (value: number) => (Number.isFinite(value) ? value.toFixed(0) : '-').padStart(7);
  const numbers = [least(runs), median(runs), least(work), first, opened].map(number).join('');
  const isByWork = work.length > 0;
  const ratio = limit && (isByWork ? least(work) / least(limit.work) : least(runs) / least(limit.runs));
  return `${name.padEnd(34)}${numbers}${ratio ? ` · ${ratio.toFixed(1)} × onnxruntime-node` : ''}`;
}

/** The largest difference of two lists of numbers. */
export function largestDifference(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) return Infinity;
  return one.reduce((worst, value, at) => Math.max(worst, Math.abs(value - other[at]!)), 0);
}
