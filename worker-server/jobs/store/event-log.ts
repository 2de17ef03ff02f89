import type { JobEvent } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import type { Database } from '../../storage/database.ts';
import { ifThereIsRoom } from '../disk-full.ts';
import type { Notifier } from '../notifier.ts';
import { Throttle } from '../throttle.ts';

type Unnumbered<Event> = Event extends JobEvent ? Omit<Event, 'job' | 'seq'> : never;

/** An event before it gets its number. */
export type NewEvent = Unnumbered<JobEvent>;

/** An event that is obsolete as soon as a newer one of its kind is emitted. */
type TransientEvent = Extract<NewEvent, { t: 'queued' | 'progress' | 'text' }>;

/** A transient event and the job that it belongs to. */
export interface JobTransientEvent {
  job: JobId;
  event: TransientEvent;
}

/** The kinds of `TransientEvent`, as an SQL list. */
const TRANSIENT_KINDS = `('queued', 'progress', 'text')`;

/** The numbered events of each job. An event is committed before anybody is notified of it. */
export class EventLog {
  readonly #db: Database;
  readonly #notifier: Notifier;
  readonly #maxEvents: number;
  readonly #throttle: Throttle<JobTransientEvent>;

  constructor(
    db: Database,
    notifier: Notifier,
    { eventsPerJob, throttleMs }: { eventsPerJob: number; throttleMs: number },
  ) {
    this.#db = db;
    this.#notifier = notifier;
    this.#maxEvents = eventsPerJob;
    this.#throttle = new Throttle(throttleMs, (events) => this.#appendAll(events));
  }

  /** Appends an event. Delayed transient events of the job are dropped, as they are obsolete, except before a `part`. */
  emit(job: JobId, event: NewEvent): void {
    if (event.t !== 'part') this.#throttle.discard(job);
    this.#append(job, event);
  }

  /**
   * Appends transient events, at most one per job, kind and interval: later ones are delayed, and the latest wins. They
   * are dropped when the disk is full, since no job should fail because of them.
   */
  emitTransient(events: readonly JobTransientEvent[]): void {
    this.#appendAll(events.filter((each) => this.#throttle.offer(each.job, each.event.t, each)));
  }

  /** The events of a job after a number, as far as they are kept. */
  after(job: JobId, seq: number): JobEvent[] {
    return this.#db
      .all<{ body: string }>(
        `select body from events where job = (select ordinal from jobs where id = ?) and seq > ? order by seq`,
        job,
        seq,
      )
      .map(({ body }) => JSON.parse(body) as JobEvent);
  }

  last(job: JobId): JobEvent {
    const { body } = this.#db.get<{ body: string }>(
      `select body from events where job = (select ordinal from jobs where id = ?) order by seq desc limit 1`,
      job,
    )!;
    return JSON.parse(body) as JobEvent;
  }

  /** Drops all delayed events. */
  close(): void {
    this.#throttle[Symbol.dispose]();
  }

  /** Appends in one transaction, which is much faster for a long queue. */
  #appendAll(events: readonly JobTransientEvent[]): void {
    if (events.length === 0) return;
    ifThereIsRoom(() =>
      this.#db.transaction(() => events.forEach(({ job, event }) => this.#append(job, event))),
    );
  }

  #append(job: JobId, event: NewEvent): void {
    this.#db.transaction(() => {
      const row = this.#db.get<{ ordinal: number; last_seq: number }>(
        'update jobs set last_seq = last_seq + 1 where id = ? returning ordinal, last_seq',
        job,
      );
      if (!row) return;
      const body: unknown = { ...event, job, seq: row.last_seq };
      this.#db.run(
        'insert into events (job, seq, t, body) values (?, ?, ?, ?)',
        row.ordinal,
        row.last_seq,
        event.t,
        JSON.stringify(body),
      );
      if (row.last_seq > this.#maxEvents) this.#trim(row.ordinal);
    });
    this.#notifier.notify(job);
  }

  /** Deletes the oldest obsolete events until the job has at most the maximum. */
  #trim(ordinal: number): void {
    this.#db.run(
      `delete from events where job = ?1 and seq in (
         select seq from events as old where job = ?1 and t in ${TRANSIENT_KINDS}
           and exists (select 1 from events where job = ?1 and t = old.t and seq > old.seq)
         order by seq limit max(0, (select count(*) from events where job = ?1) - ?2))`,
      ordinal,
      this.#maxEvents,
    );
  }
}
