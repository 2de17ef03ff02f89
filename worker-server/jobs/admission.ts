import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import { contentKey } from './content-key.ts';
import type { DataFolder } from './data-folder.ts';
import { QueueFullError, type JobRequest, type QueueTotals } from './job-queue.ts';
import type { QueueLimits } from './queue-limits.ts';
import type { QueuePositions } from './queue-positions.ts';
import type { RunInProgress } from './run-in-progress.ts';
import type { Scheduler } from './scheduler.ts';
import type { EventLog } from './store/event-log.ts';
import type { JobTable } from './store/job-table.ts';
import type { Run, RunTable } from './store/run-table.ts';

interface Dependencies {
  runs: RunTable;
  jobs: JobTable;
  log: EventLog;
  folder: DataFolder;
  scheduler: Scheduler;
  positions: QueuePositions;
  running: ReadonlyMap<string, RunInProgress>;
  limits: QueueLimits;
  totals: QueueTotals;
}

/** Admits new jobs within the limits. */
export class Admission {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /**
   * Records a new job: answered at once by a finished run, joined to one in progress, or queued. Call it in a
   * transaction.
   * @throws QueueFullError
   */
  admit(client: string, id: JobId, digest: string, request: JobRequest, { weights }: EngineAbout): void {
    const { runs, jobs, log, folder, scheduler, positions, running, totals } = this.#deps;
    const key = contentKey(digest, weights);
    const shared = this.#usable(runs.findByKey(key));
    const job = { id, client, request: digest, createdAt: Date.now() };
    const engine = request.spec.engine;
    if (shared?.status === 'done') {
      const result = { ...shared.result!, queuedMs: 0 };
      jobs.add({ ...job, run: shared.id, status: 'done' });
      log.emit(id, { t: 'accepted', position: 0, etaMs: 0 });
      for (const part of shared.parts) log.emit(id, { t: 'part', part });
      if (result.text !== undefined) log.emit(id, { t: 'text', text: result.text });
      log.emit(id, { t: 'done', result });
      jobs.end(id, 'done', Date.now());
      runs.touch(shared.id, Date.now());
      totals.cacheHitsTotal++;
      totals.doneTotal++;
      return;
    }
    this.#checkCapacity(client, engine, shared?.status === 'running');
    if (shared?.status === 'running') {
      const etaMs = positions.remainingMs(engine);
      jobs.add({ ...job, run: shared.id, status: 'running' });
      log.emit(id, { t: 'accepted', position: 0, etaMs });
      log.emit(id, { t: 'started', etaMs });
      for (const part of shared.parts) log.emit(id, { t: 'part', part });
      const text = running.get(engine)?.text;
      if (text != null) log.emit(id, { t: 'text', text });
      return;
    }
    const stored =
      request.verb === 'describe'
        ? { verb: request.verb, spec: request.spec, still: folder.storeStill(request.still) }
        : request;
    const startTag = scheduler.startTag(client, engine);
    const run = shared?.id ?? runs.add(key, stored);
    jobs.add({ ...job, run, status: 'queued' }, startTag);
    const at = positions.of(engine).get(run)!;
    log.emit(id, { t: 'accepted', ...at });
    positions.markEmitted(id, at.position);
  }

  /** Removes a finished run whose sound file is missing, so that it is not reused. */
  #usable(run: Run | undefined): Run | undefined {
    if (run?.status !== 'done' || run.bytes === 0 || this.#deps.folder.hasSound(run.id)) return run;
    this.#deps.runs.remove(run.id);
    return undefined;
  }

  /** @throws QueueFullError */
  #checkCapacity(client: string, engine: string, isJoining: boolean): void {
    const { jobs, limits, positions } = this.#deps;
    const own = jobs.count(client);
    const max = limits.queuedPerClient + limits.runningPerClient;
    if (own.queued + own.running >= max || (!isJoining && own.queued >= limits.queuedPerClient)) {
      throw new QueueFullError(
        `You have ${own.queued + own.running} jobs here that aren't finished; wait for one of them.`,
        positions.retryAfterMs(engine),
      );
    }
    if (!isJoining && jobs.count().queued >= limits.queued) {
      throw new QueueFullError(
        `${limits.queued} jobs wait already; try again later.`,
        positions.retryAfterMs(engine),
      );
    }
  }
}
