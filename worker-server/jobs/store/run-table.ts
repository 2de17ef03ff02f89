import type { AudioPart, JobResult } from '#lib/protocol/job-event.ts';
import type { DescribeSpec, GenerateSpec } from '#lib/protocol/job-request.ts';
import { bucketOf } from '../duration-book.ts';
import type { Database } from '../../storage/database.ts';

/** What a run has made, as each of its jobs is told; only the time in the queue is the job's own. */
export type RunResult = Omit<JobResult, 'queuedMs'>;

/** One execution by an engine; equal requests share it. */
export interface Run {
  id: number;
  key: string;
  engine: string;
  /** Runs of one bucket take about as long as one another. */
  bucket: string;
  request: { verb: 'generate'; spec: GenerateSpec } | { verb: 'describe'; spec: DescribeSpec; still: string };
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** How often it died before its end. */
  deaths: number;
  /** Parts that its jobs were told of. */
  parts: AudioPart[];
  result: RunResult | null;
  bytes: number;
  startedAt: number | null;
}

interface Row {
  id: number;
  key: string;
  engine: string;
  bucket: string;
  verb: string;
  spec: string;
  still: string | null;
  status: Run['status'];
  deaths: number;
  parts: string;
  result: string | null;
  bytes: number;
  started_at: number | null;
}

/** The runs on disk. Times are milliseconds since 1970. */
export class RunTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add(key: string, request: Run['request']): number {
    const { verb, spec } = request;
    const still = request.verb === 'describe' ? request.still : null;
    return this.#db.run(
      `insert into runs (key, engine, bucket, verb, spec, still, status) values (?, ?, ?, ?, ?, ?, 'queued')`,
      key,
      spec.engine,
      bucketOf(spec),
      verb,
      JSON.stringify(spec),
      still,
    ).row;
  }

  get(id: number): Run | undefined {
    return toRun(this.#db.get<Row>('select * from runs where id = ?', id));
  }

  /** The run that answers, or will answer, requests with this content. */
  answering(key: string): Run | undefined {
    return toRun(
      this.#db.get<Row>(
        `select * from runs where key = ? and status in ('queued', 'running', 'done') order by id desc limit 1`,
        key,
      ),
    );
  }

  withStatus(status: Run['status']): Run[] {
    return this.#db
      .all<Row>('select * from runs where status = ? order by id', status)
      .map((row) => toRun(row)!);
  }

  /** @param key Of what really answers: the weights may not have been known, or others, when the request came. */
  start(id: number, key: string, now: number): void {
    this.#db.run(`update runs set status = 'running', key = ?, started_at = ? where id = ?`, key, now, id);
  }

  /** Waits again, after its death or after an orderly stop of the server. */
  requeue(id: number, hasDied: boolean): void {
    this.#db.run(`update runs set status = 'queued', deaths = deaths + ? where id = ?`, hasDied ? 1 : 0, id);
  }

  announce(id: number, parts: readonly AudioPart[]): void {
    this.#db.run('update runs set parts = ? where id = ?', JSON.stringify(parts), id);
  }

  finish(id: number, result: RunResult, now: number): void {
    this.#db.run(
      `update runs set status = 'done', result = ?, bytes = ?, ended_at = ? where id = ?`,
      JSON.stringify(result),
      result.bytes,
      now,
      id,
    );
    this.use(id, now);
  }

  giveUp(id: number, status: 'failed' | 'cancelled', now: number): void {
    this.#db.run(`update runs set status = ?, ended_at = ?, bytes = 0 where id = ?`, status, now, id);
  }

  /** Somebody asked for it; in order even where the clock stands still or goes back. */
  use(id: number, now: number): void {
    this.#db.run(
      'update runs set used_at = ?, uses = (select 1 + max(uses) from runs) where id = ?',
      now,
      id,
    );
  }

  remove(id: number): void {
    this.#db.transaction(() => {
      this.#db.run('delete from jobs where run = ?', id);
      this.#db.run('delete from runs where id = ?', id);
    });
  }

  /** Runs that keep sound, those first that were not asked for the longest. */
  keepingSound(): { id: number; bytes: number }[] {
    return this.#db.all(`select id, bytes from runs where status = 'done' and bytes > 0 order by uses`);
  }

  /** Ended runs that nobody has asked for since this time and that no job belongs to any more. */
  forgotten(before: number): number[] {
    return this.#db
      .all<{ id: number }>(
        `select id from runs where status in ('done', 'failed', 'cancelled')
           and coalesce(used_at, ended_at, 0) < ? and not exists (select 1 from jobs where run = runs.id)`,
        before,
      )
      .map(({ id }) => id);
  }

  /** Stills that are still needed: those of runs that have not ended. */
  stills(): Set<string> {
    const rows = this.#db.all<{ still: string }>(
      `select distinct still from runs where still is not null and status in ('queued', 'running')`,
    );
    return new Set(rows.map(({ still }) => still));
  }
}

function toRun(row: Row | undefined): Run | undefined {
  if (!row) return undefined;
  const { id, key, engine, bucket, verb, still, status, deaths, bytes } = row;
  const spec = JSON.parse(row.spec) as unknown;
  return {
    id,
    key,
    engine,
    bucket,
    request: (verb === 'describe' ? { verb, spec, still } : { verb, spec }) as Run['request'],
    status,
    deaths,
    parts: JSON.parse(row.parts) as AudioPart[],
    result: row.result === null ? null : (JSON.parse(row.result) as RunResult),
    bytes,
    startedAt: row.started_at,
  };
}
