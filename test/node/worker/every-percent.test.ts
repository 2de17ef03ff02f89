import { expect, test } from 'vitest';
import { everyPercent } from '#lib/worker/every-percent.ts';

test('only steps of a hundredth are forwarded, and progress never decreases', () => {
  const reports: number[] = [];
  const report = everyPercent((fraction) => reports.push(fraction));
  for (let step = 0; step <= 1000; step++) report(step / 1000);
  expect(reports.length).toBeGreaterThan(90);
  expect(reports.length).toBeLessThanOrEqual(100);
  report(0.5);
  expect(reports).toEqual([...reports].sort((a, b) => a - b));
});
