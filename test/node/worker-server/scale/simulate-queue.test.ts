import { expect, test } from 'vitest';
import { randomArrivals, randomNumbers, simulateQueue } from '../../../bench/scale/simulate-queue.ts';

test('jobs wait for the first worker that is free', () => {
  const load = { arrivals: [0, 0, 0, 1, 10], services: [4, 2, 2, 1, 1] };
  expect(simulateQueue({ ...load, workers: 1 })).toEqual([0, 4, 6, 7, 0]);
  expect(simulateQueue({ ...load, workers: 2 })).toEqual([0, 0, 2, 3, 0]);
  expect(simulateQueue({ ...load, workers: 9 })).toEqual([0, 0, 0, 0, 0]);
});

/** Mean wait of random arrivals and random lengths, in lengths (Erlang 1917). */
function erlangWait(workers: number, busy: number): number {
  let [term, sum] = [1, 1];
  for (let k = 1; k < workers; k++) sum += term *= (workers * busy) / k;
  const all = (term * busy) / (1 - busy);
  return all / (sum + all) / (workers * (1 - busy));
}

test.for([
  [1, 0.5],
  [2, 0.75],
  [8, 0.9],
])(
  'with %d workers and a utilisation of %f, the mean wait is that of Erlang’s formula',
  ([workers, busy]) => {
    const count = 400_000;
    const random = randomNumbers(7);
    const services = Array.from({ length: count }, () => -Math.log(1 - random()));
    const waits = simulateQueue({
      arrivals: randomArrivals(workers! * busy!, count),
      services,
      workers: workers!,
    });
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / count;
    expect(mean / erlangWait(workers!, busy!)).toBeCloseTo(1, 1);
  },
);
