import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import { contentKey } from './content-key.ts';
import type { QueueParts } from './queue-parts.ts';
import { QueueFullError, type JobRequest } from './job-queue.ts';
import type { Run } from './store/run-table.ts';

/** Takes new jobs in, as far as there is room. */
export class Reception {
  readonly #parts: QueueParts;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Writes down a new job: it is answered at once, joins a run, or waits for one of its own. */
  take(client: string, id: JobId, digest: string, request: JobRequest, { weights }: EngineAbout): void {
    const { runs, jobs, log, folder, room, totals } = this.#parts;
    const key = contentKey(digest, weights);
    const shared = this.#usable(runs.answering(key));
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
      runs.use(shared.id, Date.now());
      totals.cacheHitsTotal++;
      totals.doneTotal++;
      return;
    }
    this.#checkRoom(client, engine, shared?.status === 'running');
    if (shared?.status === 'running') {
      const etaMs = room.remainingMs(engine);
      jobs.add({ ...job, run: shared.id, status: 'running' });
      log.emit(id, { t: 'accepted', position: 0, etaMs });
      log.emit(id, { t: 'started', etaMs });
      for (const part of shared.parts) log.emit(id, { t: 'part', part });
      const text = this.#parts.live.get(engine)?.text;
      if (text != null) log.emit(id, { t: 'text', text });
      return;
    }
    const wanted =
      request.verb === 'describe'
        ? { verb: request.verb, spec: request.spec, still: folder.keepStill(request.still) }
        : request;
    const turn = room.newTurn(client, engine);
    const run = shared?.id ?? runs.add(key, wanted);
    jobs.add({ ...job, run, status: 'queued' }, turn);
    const place = room.places(engine).get(run)!;
    log.emit(id, { t: 'accepted', ...place });
    room.markNotified(id, place.position);
  }

  /** A finished run whose sound is gone answers nobody. */
  #usable(run: Run | undefined): Run | undefined {
    if (run?.status !== 'done' || run.bytes === 0 || this.#parts.folder.hasSound(run.id)) return run;
    this.#parts.runs.remove(run.id);
    return undefined;
  }

  /** @throws QueueFullError */
  #checkRoom(client: string, engine: string, isJoining: boolean): void {
    const { jobs, limits, room } = this.#parts;
    const own = jobs.count(client);
    const most = limits.queuedPerClient + limits.runningPerClient;
    if (own.queued + own.running >= most || (!isJoining && own.queued >= limits.queuedPerClient)) {
      throw new QueueFullError(
        `You have ${own.queued + own.running} jobs here that aren't finished; wait for one of them.`,
        room.retryAfterMs(engine),
      );
    }
    if (!isJoining && jobs.count().queued >= limits.queued) {
      throw new QueueFullError(
        `${limits.queued} jobs wait already; try again later.`,
        room.retryAfterMs(engine),
      );
    }
  }
}
