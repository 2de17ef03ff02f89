import { expect, test } from 'vitest';
import { everyPercent } from '#lib/worker/every-percent.ts';

test('only steps of a hundredth are passed on, and progress never goes back', () => {
  const told: number[] = [];
  const tell = everyPercent((fraction) => told.push(fraction));
  for (let step = 0; step <= 1000; step++) tell(step / 1000);
  expect(told.length).toBeGreaterThan(90);
  expect(told.length).toBeLessThanOrEqual(100);
  tell(0.5);
  expect(told).toEqual([...told].sort((a, b) => a - b));
});
