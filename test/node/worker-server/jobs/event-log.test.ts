import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Notifier } from '../../../../worker-server/jobs/notifier.ts';
import { Database } from '../../../../worker-server/storage/database.ts';
import { EventLog, type JobTransientEvent } from '../../../../worker-server/jobs/store/event-log.ts';
import { JobTable } from '../../../../worker-server/jobs/store/job-table.ts';
import { JOB_MIGRATIONS } from '../../../../worker-server/jobs/store/job-migrations.ts';
import { migrate } from '../../../../worker-server/storage/migrations.ts';
import { RunTable } from '../../../../worker-server/jobs/store/run-table.ts';
import { music } from '../../../fixtures/worker-server/job-helpers.ts';

const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const error = { name: 'EngineError', message: 'It crashed.' };
let db: Database;
let log: EventLog;

beforeEach(() => {
  vi.useFakeTimers();
  db = new Database(':memory:');
  migrate(db, JOB_MIGRATIONS);
  log = new EventLog(db, new Notifier(), { eventsPerJob: 40, throttleMs: 250 });
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

function emitTransient(event: JobTransientEvent['event']): void {
  log.emitTransient([{ job: id, event }]);
}

function steps(): unknown[] {
  return log.after(id, 0).map((event) => ('step' in event ? event.step : event.t));
}

test('of transient events the first is appended at once, then the latest per interval, numbered without gaps', () => {
  for (let step = 1; step <= 110; step++) {
    emitTransient(progress(step));
    vi.advanceTimersByTime(10);
  }
  expect(steps()).toEqual([1, 25, 50, 75, 100]);
  vi.advanceTimersByTime(250);
  expect(steps()).toEqual([1, 25, 50, 75, 100, 110]);
  expect(log.after(id, 0).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a part is appended at once and drops no delayed event', () => {
  emitTransient(progress(1));
  emitTransient(progress(2));
  const part = {
    index: 0,
    kind: 'music',
    candidate: 0,
    offset: 0,
    bytes: 44,
    sampleRate: 8000,
    channels: 1,
  } as const;
  log.emit(id, { t: 'part', part });
  vi.advanceTimersByTime(250);
  expect(steps()).toEqual([1, 'part', 2]);
});

test('delayed events are dropped at the end of the job', () => {
  emitTransient(progress(1));
  emitTransient(progress(2));
  log.emit(id, { t: 'failed', error, isRetryable: false });
  vi.advanceTimersByTime(1000);
  expect(steps()).toEqual([1, 'failed']);
  expect(log.last(id)).toMatchObject({ t: 'failed', seq: 2, job: id });
});

test('at most 40 events are kept: the oldest obsolete ones are deleted, all others stay', () => {
  log.emit(id, { t: 'accepted', position: 3, etaMs: null });
  emitTransient({ t: 'queued', position: 2, etaMs: null });
  log.emit(id, { t: 'started', etaMs: null });
  emitTransient({ t: 'text', text: 'The only words' });
  for (let step = 1; step <= 300; step++) {
    emitTransient(progress(step));
    vi.advanceTimersByTime(250);
  }
  const events = log.after(id, 0);
  expect(events).toHaveLength(40);
  expect(events.slice(0, 5).map(({ t }) => t)).toEqual(['accepted', 'queued', 'started', 'text', 'progress']);
  expect(events.at(-1)).toMatchObject({ t: 'progress', step: 300, seq: 304 });
  const kept = events.slice(4).map(({ seq }) => seq);
  expect(kept).toEqual(kept.map((_, index) => 304 - 35 + index));
});

test('an event of a job that no longer exists is ignored', () => {
  db.run('delete from jobs');
  log.emit(id, { t: 'cancelled' });
  expect(log.after(id, 0)).toEqual([]);
});
