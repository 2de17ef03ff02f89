import type { JobEvent } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import type { Bells } from '../bells.ts';
import { ifThereIsRoom } from '../disk-full.ts';
import { Pacer } from '../pacer.ts';
import type { Database } from '../../storage/database.ts';

type Unnumbered<Event> = Event extends JobEvent ? Omit<Event, 'job' | 'seq'> : never;

/** What is told of a job, before it has a number. */
export type JobNews = Unnumbered<JobEvent>;

/** News that newer ones of their kind replace. */
type PassingNews = Extract<JobNews, { t: 'queued' | 'progress' | 'text' }>;

/** Passing news and the job that they are about. */
export interface Passing {
  job: JobId;
  news: PassingNews;
}

const PASSING = `('queued', 'progress', 'text')`;

/** What happened to each job, numbered and on disk before anybody hears of it. */
export class EventLog {
  readonly #db: Database;
  readonly #bells: Bells;
  readonly #kept: number;
  readonly #pacer: Pacer<Passing>;

  constructor(db: Database, bells: Bells, { keptEvents, paceMs }: { keptEvents: number; paceMs: number }) {
    this.#db = db;
    this.#bells = bells;
    this.#kept = keptEvents;
    this.#pacer = new Pacer(paceMs, (late) => this.#appendAll(late));
  }

  /** Numbers the news and keeps them; passing news that wait are out of date by then, unless it is only a part. */
  tell(job: JobId, news: JobNews): void {
    if (news.t !== 'part') this.#pacer.forget(job);
    this.#append(job, news);
  }

  /**
   * Tells passing news at once, or a little later when some of their kind were told of the same job just now; the latest
   * wins. They are not worth a job: on a full disk they are not told.
   */
  mention(news: readonly Passing[]): void {
    this.#appendAll(news.filter((each) => this.#pacer.admit(each.job, each.news.t, each)));
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

  /** News that wait are given up: the server ends. */
  close(): void {
    this.#pacer[Symbol.dispose]();
  }

  /** In one write, which is worth it in a long queue. */
  #appendAll(news: readonly Passing[]): void {
    if (news.length === 0) return;
    ifThereIsRoom(() =>
      this.#db.transaction(() => news.forEach((each) => this.#append(each.job, each.news))),
    );
  }

  #append(job: JobId, news: JobNews): void {
    this.#db.transaction(() => {
      const row = this.#db.get<{ ordinal: number; last_seq: number }>(
        'update jobs set last_seq = last_seq + 1 where id = ? returning ordinal, last_seq',
        job,
      );
      if (!row) return;
      const body: unknown = { ...news, job, seq: row.last_seq };
      this.#db.run(
        'insert into events (job, seq, t, body) values (?, ?, ?, ?)',
        row.ordinal,
        row.last_seq,
        news.t,
        JSON.stringify(body),
      );
      if (row.last_seq > this.#kept) this.#trim(row.ordinal);
    });
    this.#bells.ring(job);
  }

  /** Takes away the oldest news that newer ones of their kind have replaced, until few enough are left. */
  #trim(ordinal: number): void {
    this.#db.run(
      `delete from events where job = ?1 and seq in (
         select seq from events as old where job = ?1 and t in ${PASSING}
           and exists (select 1 from events where job = ?1 and t = old.t and seq > old.seq)
         order by seq limit max(0, (select count(*) from events where job = ?1) - ?2))`,
      ordinal,
      this.#kept,
    );
  }
}
