/** What comes to a queue. */
export interface Load {
  /** When each job comes, seconds, rising. */
  arrivals: readonly number[];
  /** How long each job takes a worker, seconds. */
  services: readonly number[];
  workers: number;
}

/** How long each job of a load waits until a worker takes it, seconds: first come, first served. */
export function simulateQueue({ arrivals, services, workers }: Load): number[] {
  const freeAt = Array<number>(workers).fill(0);
  return arrivals.map((arrival, job) => {
    const first = freeAt.indexOf(Math.min(...freeAt));
    const start = Math.max(arrival, freeAt[first]!);
    freeAt[first] = start + services[job]!;
    return start - arrival;
  });
}

/** Random arrivals (a Poisson process), the same for the same seed. */
export function randomArrivals(perSecond: number, count: number, seed = 1): number[] {
  const random = randomNumbers(seed);
  let at = 0;
  return Array.from({ length: count }, () => (at -= Math.log(1 - random()) / perSecond));
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The value below which a share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
