import type { JobId } from '#lib/protocol/job-request.ts';
import type { Waiting } from '../fair-order.ts';
import type { JobState } from '../job-queue.ts';
import type { Database } from '../../storage/database.ts';

/** A client's claim on a run. */
export interface Job {
  ordinal: number;
  id: JobId;
  client: string;
  /** Digest of what was asked. */
  request: string;
  run: number;
  status: JobState['status'];
  verb: JobState['verb'];
  createdAt: number;
}

const COLUMNS = `ordinal, jobs.id, client, request, run, jobs.status, verb, created_at as createdAt
  from jobs join runs on runs.id = jobs.run`;

/** The jobs on disk. Times are milliseconds since 1970. */
export class JobTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @param turn Of a job that waits. */
  add(job: Pick<Job, 'id' | 'client' | 'request' | 'run' | 'status' | 'createdAt'>, turn = 0): void {
    const { id, client, request, run, status, createdAt } = job;
    this.#db.run(
      'insert into jobs (id, client, request, run, status, turn, created_at) values (?, ?, ?, ?, ?, ?, ?)',
      id,
      client,
      request,
      run,
      status,
      turn,
      createdAt,
    );
  }

  get(id: JobId): Job | undefined {
    return this.#db.get(`select ${COLUMNS} where jobs.id = ?`, id);
  }

  /** The jobs that wait for a run or follow it while it runs. */
  activeOf(run: number): Job[] {
    return this.#db.all(
      `select ${COLUMNS} where run = ? and jobs.status in ('queued', 'running') order by ordinal`,
      run,
    );
  }

  setActive(run: number, status: 'queued' | 'running'): void {
    this.#db.run(`update jobs set status = ? where run = ? and status in ('queued', 'running')`, status, run);
  }

  /** An ended job keeps no address of its client. */
  end(id: JobId, status: 'done' | 'failed' | 'cancelled', now: number): void {
    this.#db.run(`update jobs set status = ?, ended_at = ?, client = '' where id = ?`, status, now, id);
  }

  /** Jobs that wait for an engine, in no order. */
  waitingFor(engine: string): (Waiting & Pick<Job, 'id' | 'client'> & { bucket: string })[] {
    return this.#db.all(
      `select run, turn, ordinal, client, jobs.id, bucket from jobs join runs on runs.id = jobs.run
         where jobs.status = 'queued' and engine = ?`,
      engine,
    );
  }

  /** The turn of a client's last job for an engine that has not ended, or null; see `turnOf`. */
  lastTurn(client: string, engine: string): number | null {
    return this.#db.get<{ turn: number | null }>(
      `select max(turn) as turn from jobs join runs on runs.id = jobs.run
         where jobs.status in ('queued', 'running') and client = ? and engine = ?`,
      client,
      engine,
    )!.turn;
  }

  /** The latest turn of an engine that was served. */
  servedTurn(engine: string): number {
    return this.#db.get<{ turn: number }>(
      `select coalesce(max(turn), 0) as turn from jobs join runs on runs.id = jobs.run
         where jobs.status <> 'queued' and engine = ?`,
      engine,
    )!.turn;
  }

  /** How many jobs of each client run. */
  runningByClient(): Map<string, number> {
    const rows = this.#db.all<{ client: string; count: number }>(
      `select client, count(*) as count from jobs where status = 'running' group by client`,
    );
    return new Map(rows.map(({ client, count }) => [client, count]));
  }

  /** How many jobs wait and run, of one client or of all. */
  count(client?: string): { queued: number; running: number } {
    const rows = this.#db.all<{ status: string; count: number }>(
      `select status, count(*) as count from jobs
         where status in ('queued', 'running') and (?1 is null or client = ?1) group by status`,
      client ?? null,
    );
    const of = (status: string) => rows.find((row) => row.status === status)?.count ?? 0;
    return { queued: of('queued'), running: of('running') };
  }

  removeEnded(before: number): void {
    this.#db.run('delete from jobs where ended_at < ?', before);
  }
}
