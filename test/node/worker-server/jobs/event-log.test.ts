import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Bells } from '../../../../worker-server/jobs/bells.ts';
import { Database } from '../../../../worker-server/storage/database.ts';
import { EventLog, type Passing } from '../../../../worker-server/jobs/store/event-log.ts';
import { JobTable } from '../../../../worker-server/jobs/store/job-table.ts';
import { JOB_MIGRATIONS } from '../../../../worker-server/jobs/store/job-migrations.ts';
import { migrate } from '../../../../worker-server/storage/migrations.ts';
import { RunTable } from '../../../../worker-server/jobs/store/run-table.ts';
import { music } from '../../../fixtures/worker-server/job-helpers.ts';

const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const error = { name: 'EngineError', message: 'It died.' };
let db: Database;
let log: EventLog;

beforeEach(() => {
  vi.useFakeTimers();
  db = new Database(':memory:');
  migrate(db, JOB_MIGRATIONS);
  log = new EventLog(db, new Bells(), { keptEvents: 40, paceMs: 250 });
  const request = music();
  if (request.verb !== 'generate') throw new TypeError('A generation was wanted.');
  const run = new RunTable(db).add('key', request);
  new JobTable(db).add({ id, client: 'a', request: 'r', run, status: 'running', createdAt: 0 });
});

afterEach(() => {
  log.close();
  db[Symbol.dispose]();
  vi.useRealTimers();
});

function progress(step: number) {
  return { t: 'progress', stage: 'render', step, of: 1000, etaMs: null } as const;
}

function mention(news: Passing['news']): void {
  log.mention([{ job: id, news }]);
}

function steps(): unknown[] {
  return log.after(id, 0).map((event) => ('step' in event ? event.step : event.t));
}

test('of passing news the first is told at once, then the latest every quarter of a second, numbered without gaps', () => {
  for (let step = 1; step <= 110; step++) {
    mention(progress(step));
    vi.advanceTimersByTime(10);
  }
  expect(steps()).toEqual([1, 25, 50, 75, 100]);
  vi.advanceTimersByTime(250);
  expect(steps()).toEqual([1, 25, 50, 75, 100, 110]);
  expect(log.after(id, 0).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a part is told at once and replaces nothing that waits', () => {
  mention(progress(1));
  mention(progress(2));
  const part = {
    index: 0,
    kind: 'music',
    candidate: 0,
    offset: 0,
    bytes: 44,
    sampleRate: 8000,
    channels: 1,
  } as const;
  log.tell(id, { t: 'part', part });
  vi.advanceTimersByTime(250);
  expect(steps()).toEqual([1, 'part', 2]);
});

test('nothing that waits is told after the end', () => {
  mention(progress(1));
  mention(progress(2));
  log.tell(id, { t: 'failed', error, isRetryable: false });
  vi.advanceTimersByTime(1000);
  expect(steps()).toEqual([1, 'failed']);
  expect(log.last(id)).toMatchObject({ t: 'failed', seq: 2, job: id });
});

test('at most 40 events are kept: the oldest that newer ones replace go, all others stay', () => {
  log.tell(id, { t: 'accepted', position: 3, etaMs: null });
  mention({ t: 'queued', position: 2, etaMs: null });
  log.tell(id, { t: 'started', etaMs: null });
  mention({ t: 'text', text: 'The only words' });
  for (let step = 1; step <= 300; step++) {
    mention(progress(step));
    vi.advanceTimersByTime(250);
  }
  const events = log.after(id, 0);
  expect(events).toHaveLength(40);
  expect(events.slice(0, 5).map(({ t }) => t)).toEqual(['accepted', 'queued', 'started', 'text', 'progress']);
  expect(events.at(-1)).toMatchObject({ t: 'progress', step: 300, seq: 304 });
  const kept = events.slice(4).map(({ seq }) => seq);
  expect(kept).toEqual(kept.map((_, index) => 304 - 35 + index));
});

test('news of a job that is gone are nobody’s', () => {
  db.run('delete from jobs');
  log.tell(id, { t: 'cancelled' });
  expect(log.after(id, 0)).toEqual([]);
});
