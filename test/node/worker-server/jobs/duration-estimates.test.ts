import { expect, test } from 'vitest';
import { bucketOf, DurationEstimates } from '../../../../worker-server/jobs/duration-estimates.ts';
import { Database } from '../../../../worker-server/storage/database.ts';
import { JOB_MIGRATIONS } from '../../../../worker-server/jobs/store/job-migrations.ts';
import { migrate } from '../../../../worker-server/storage/migrations.ts';
import { music } from '../../../fixtures/worker-server/job-helpers.ts';

test('the median of the newest durations per bucket is kept, and older ones are deleted', () => {
  using db = new Database(':memory:');
  migrate(db, JOB_MIGRATIONS);
  const book = new DurationEstimates(db);
  expect(book.median('a')).toBeNull();
  for (const ms of [30, 10, 20]) book.add('a', ms);
  expect(book.median('a')).toBe(20);
  for (let run = 0; run < 100; run++) book.add('a', 500);
  book.add('b', 1);
  for (const each of [book, new DurationEstimates(db)]) {
    expect(each.median('a')).toBe(500);
    expect(each.median('b')).toBe(1);
  }
  expect(db.get('select count(*) as count from durations')).toEqual({ count: 32 });
});

test('requests share a bucket if engine, steps and number of parts are equal and lengths are close', () => {
  const bucket = (spec: Parameters<typeof music>[0]) => bucketOf(music(spec).spec);
  expect(bucket({ seconds: 10 })).toBe(bucket({ seconds: 11, seed: 5 }));
  expect(bucket({ seconds: 10 })).not.toBe(bucket({ seconds: 20 }));
  expect(bucket({ steps: 50 })).not.toBe(bucket({}));
  expect(bucket({ candidates: 2 })).toBe(bucket({ effects: 'rain' }));
  expect(bucketOf({ engine: 'test', question: 'What is this?' })).toBe('test/describe');
});
