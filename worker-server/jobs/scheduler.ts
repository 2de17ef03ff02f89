import { fairOrder, startTag } from './fair-queue.ts';
import type { JobTable } from './store/job-table.ts';
import type { Run, RunTable } from './store/run-table.ts';

/** Decides which run of an engine starts next. */
export class Scheduler {
  readonly #jobs: JobTable;
  readonly #runs: RunTable;
  readonly #runningPerClient: number;
  /** The virtual time of each engine; see `startTag()`. */
  readonly #virtualTimes = new Map<string, number>();

  constructor(jobs: JobTable, runs: RunTable, runningPerClient: number) {
    this.#jobs = jobs;
    this.#runs = runs;
    this.#runningPerClient = runningPerClient;
  }

  /** The run to start now; null when none waits, or all waiting clients have as many running jobs as they may. */
  next(engine: string): Run | null {
    const running = this.#jobs.runningByClient();
    const waiting = this.#jobs.waitingFor(engine);
    const mayRun = (run: number) =>
      waiting.some((job) => job.run === run && (running.get(job.client) ?? 0) < this.#runningPerClient);
    const id = fairOrder(waiting).find(mayRun);
    if (id === undefined) return null;
    const tag = Math.min(...waiting.filter(({ run }) => run === id).map((job) => job.startTag));
    this.#virtualTimes.set(engine, Math.max(this.#virtualTime(engine), tag));
    return this.#runs.get(id) ?? null;
  }

  /** The start tag of a client's next job. */
  startTag(client: string, engine: string): number {
    return startTag(this.#jobs.lastStartTag(client, engine), this.#virtualTime(engine));
  }

  #virtualTime(engine: string): number {
    const time = this.#virtualTimes.get(engine) ?? this.#jobs.virtualTime(engine);
    this.#virtualTimes.set(engine, time);
    return time;
  }
}
