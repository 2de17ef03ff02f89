import { expect, test } from 'vitest';
import { listSchedule } from '../../../../worker-server/scale/list-schedule.ts';

test('each run goes to the worker that is free first', () => {
  expect(listSchedule([0, 5], [10, 1, 1, 3])).toEqual([10, 6, 7, 10]);
});

test('after a run of unknown duration, without workers or with an unknown one, ends are unknown', () => {
  expect(listSchedule([0, 0], [4, null, 1])).toEqual([4, null, null]);
  expect(listSchedule([], [1])).toEqual([null]);
  expect(listSchedule([0, null], [1])).toEqual([null]);
});
