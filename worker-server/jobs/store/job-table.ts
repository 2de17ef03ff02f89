import type { JobId } from '#lib/protocol/job-request.ts';
import type { WaitingJob } from '../fair-queue.ts';
import type { JobState } from '../job-queue.ts';
import type { Database } from '../../storage/database.ts';

/** A client's request for the result of a run. */
export interface Job {
  ordinal: number;
  id: JobId;
  client: string;
  /** Digest of the request. */
  request: string;
  run: number;
  status: JobState['status'];
  verb: JobState['verb'];
  createdAt: number;
}

const COLUMNS = `ordinal, jobs.id, client, request, run, jobs.status, verb, created_at as createdAt
  from jobs join runs on runs.id = jobs.run`;

/** The table of jobs. Times are milliseconds since 1970. */
export class JobTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @param startTag Of a queued job; see `startTag()`. */
  add(job: Pick<Job, 'id' | 'client' | 'request' | 'run' | 'status' | 'createdAt'>, startTag = 0): void {
    const { id, client, request, run, status, createdAt } = job;
    this.#db.run(
      'insert into jobs (id, client, request, run, status, turn, created_at) values (?, ?, ?, ?, ?, ?, ?)',
      id,
      client,
      request,
      run,
      status,
      startTag,
      createdAt,
    );
  }

  get(id: JobId): Job | undefined {
    return this.#db.get(`select ${COLUMNS} where jobs.id = ?`, id);
  }

  /** The queued or running jobs of a run. */
  activeOf(run: number): Job[] {
    return this.#db.all(
      `select ${COLUMNS} where run = ? and jobs.status in ('queued', 'running') order by ordinal`,
      run,
    );
  }

  /** Sets the status of the queued or running jobs of a run. */
  setStatus(run: number, status: 'queued' | 'running'): void {
    this.#db.run(`update jobs set status = ? where run = ? and status in ('queued', 'running')`, status, run);
  }

  /** Ends a job and erases the address of its client. */
  end(id: JobId, status: 'done' | 'failed' | 'cancelled', now: number): void {
    this.#db.run(`update jobs set status = ?, ended_at = ?, client = '' where id = ?`, status, now, id);
  }

  /** Queued jobs of an engine, unordered. */
  waitingFor(engine: string): (WaitingJob & Pick<Job, 'id' | 'client'> & { bucket: string })[] {
    return this.#db.all(
      `select run, turn as startTag, ordinal, client, jobs.id, bucket from jobs join runs on runs.id = jobs.run
         where jobs.status = 'queued' and engine = ?`,
      engine,
    );
  }

  /** Start tag of the client's newest job for an engine that has not ended, or null; see `startTag()`. */
  lastStartTag(client: string, engine: string): number | null {
    return this.#db.get<{ tag: number | null }>(
      `select max(turn) as tag from jobs join runs on runs.id = jobs.run
         where jobs.status in ('queued', 'running') and client = ? and engine = ?`,
      client,
      engine,
    )!.tag;
  }

  /** The highest start tag of an engine's jobs that were started; see `startTag()`. */
  virtualTime(engine: string): number {
    return this.#db.get<{ tag: number }>(
      `select coalesce(max(turn), 0) as tag from jobs join runs on runs.id = jobs.run
         where jobs.status <> 'queued' and engine = ?`,
      engine,
    )!.tag;
  }

  /** The number of running jobs per client. */
  runningByClient(): Map<string, number> {
    const rows = this.#db.all<{ client: string; count: number }>(
      `select client, count(*) as count from jobs where status = 'running' group by client`,
    );
    return new Map(rows.map(({ client, count }) => [client, count]));
  }

  /** The number of queued and running jobs, of one client or of all. */
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
