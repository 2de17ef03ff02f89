/** The input of a queue. */
export interface Load {
  /** When each job arrives, seconds, increasing. */
  arrivals: readonly number[];
  /** How long a worker needs for each job, seconds. */
  services: readonly number[];
  workers: number;
}

/** How long each job waits for a worker, seconds: first come, first served. */
export function simulateQueue({ arrivals, services, workers }: Load): number[] {
  const freeAt = Array<number>(workers).fill(0);
  return arrivals.map((arrival, job) => {
    const first = freeAt.indexOf(Math.min(...freeAt));
    const start = Math.max(arrival, freeAt[first]!);
    freeAt[first] = start + services[job]!;
    return start - arrival;
  });
}

/** Random arrivals (a Poisson process), deterministic for a seed. */
export function randomArrivals(perSecond: number, count: number, seed = 1): number[] {
  const random = randomNumbers(seed);
  let at = 0;
  return Array.from({ length: count }, () => (at -= Math.log(1 - random()) / perSecond));
}

/** Random numbers from 0 to 1, deterministic for a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The quantile of a list. @param share From 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
