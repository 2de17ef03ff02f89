import type { AudioPart, JobResult } from '#lib/protocol/job-event.ts';
import type { DescribeSpec, GenerateSpec } from '#lib/protocol/job-request.ts';
import { bucketOf } from '../duration-estimates.ts';
import type { Database } from '../../storage/database.ts';

/** The result of a run. A job's result also has its time in the queue. */
export type RunResult = Omit<JobResult, 'queuedMs'>;

/** One execution by an engine. Equal requests share it. */
export interface Run {
  id: number;
  key: string;
  engine: string;
  /** Runs of one bucket take about the same time; see `bucketOf()`. */
  bucket: string;
  request: { verb: 'generate'; spec: GenerateSpec } | { verb: 'describe'; spec: DescribeSpec; still: string };
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** How often the engine or the server crashed during the run. */
  crashes: number;
  /** Parts that were emitted to its jobs. */
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

/** The table of runs. Times are milliseconds since 1970. */
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

  /** The run whose result requests with this content key share, if there is one. */
  findByKey(key: string): Run | undefined {
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

  /** @param key The final content key: the weights may have been unknown or different when the run was added. */
  start(id: number, key: string, now: number): void {
    this.#db.run(`update runs set status = 'running', key = ?, started_at = ? where id = ?`, key, now, id);
  }

  /** Queues a run again, after a crash or because the server stops. */
  requeue(id: number, hasCrashed: boolean): void {
    this.#db.run(
      `update runs set status = 'queued', deaths = deaths + ? where id = ?`,
      hasCrashed ? 1 : 0,
      id,
    );
  }

  /** Replaces the list of emitted parts. */
  setParts(id: number, parts: readonly AudioPart[]): void {
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
    this.touch(id, now);
  }

  /** Ends a run without a result. */
  abandon(id: number, status: 'failed' | 'cancelled', now: number): void {
    this.#db.run(`update runs set status = ?, ended_at = ?, bytes = 0 where id = ?`, status, now, id);
  }

  /** Marks a run as used. Uses are counted, so that their order doesn't depend on the clock. */
  touch(id: number, now: number): void {
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

  /** Finished runs with sound, least recently used first. */
  withSound(): { id: number; bytes: number }[] {
    return this.#db.all(`select id, bytes from runs where status = 'done' and bytes > 0 order by uses`);
  }

  /** Ended runs without jobs that were last used before a time. */
  unused(before: number): number[] {
    return this.#db
      .all<{ id: number }>(
        `select id from runs where status in ('done', 'failed', 'cancelled')
           and coalesce(used_at, ended_at, 0) < ? and not exists (select 1 from jobs where run = runs.id)`,
        before,
      )
      .map(({ id }) => id);
  }

  /** Digests of the stills of runs that have not ended. */
  neededStills(): Set<string> {
    const rows = this.#db.all<{ still: string }>(
      `select distinct still from runs where still is not null and status in ('queued', 'running')`,
    );
    return new Set(rows.map(({ still }) => still));
  }
}

function toRun(row: Row | undefined): Run | undefined {
  if (!row) return undefined;
  const { id, key, engine, bucket, verb, still, status, deaths: crashes, bytes } = row;
  const spec = JSON.parse(row.spec) as unknown;
  return {
    id,
    key,
    engine,
    bucket,
    request: (verb === 'describe' ? { verb, spec, still } : { verb, spec }) as Run['request'],
    status,
    crashes,
    parts: JSON.parse(row.parts) as AudioPart[],
    result: row.result === null ? null : (JSON.parse(row.result) as RunResult),
    bytes,
    startedAt: row.started_at,
  };
}
