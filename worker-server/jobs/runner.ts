import type { AudioPart } from '#lib/protocol/job-event.ts';
import type { Engine } from '../engines/engine.ts';
import type { Database } from '../storage/database.ts';
import { canonicalJson, contentKey } from './content-key.ts';
import type { DataFolder } from './data-folder.ts';
import type { DurationEstimates } from './duration-estimates.ts';
import type { FailureHandler } from './failure-handler.ts';
import type { QueueTotals } from './job-queue.ts';
import type { Notifier } from './notifier.ts';
import type { QueuePositions } from './queue-positions.ts';
import type { Retention } from './retention.ts';
import type { RunInProgress } from './run-in-progress.ts';
import { bestFirst, requestedParts } from './sound/parts.ts';
import { RunDiffersError, RunSound } from './sound/run-sound.ts';
import { SoundFile } from './sound/sound-file.ts';
import type { EventLog, JobTransientEvent, NewEvent } from './store/event-log.ts';
import type { JobTable } from './store/job-table.ts';
import type { Run, RunResult, RunTable } from './store/run-table.ts';

type Output = Pick<RunResult, 'parts' | 'bytes' | 'text'>;

interface Dependencies {
  db: Database;
  folder: DataFolder;
  runs: RunTable;
  jobs: JobTable;
  log: EventLog;
  notifier: Notifier;
  estimates: DurationEstimates;
  positions: QueuePositions;
  retention: Retention;
  failures: FailureHandler;
  running: Map<string, RunInProgress>;
  totals: QueueTotals;
}

/** Executes one run from start to end and emits the events of its jobs. */
export class Runner {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Never rejects: errors are reported to the jobs. */
  async execute(run: Run, engine: Engine): Promise<void> {
    const { running, notifier, totals, failures } = this.#deps;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const progress: RunInProgress = {
      id: run.id,
      bucket: run.bucket,
      startedAt: performance.now(),
      controller: new AbortController(),
      sound: null,
      text: null,
      abortError: null,
      isRequeued: false,
      ended,
    };
    running.set(run.engine, progress);
    totals.runsTotal++;
    try {
      this.#begin(run, engine);
      const output = await this.#generate(run, engine, progress);
      this.#complete(run, engine, progress, output);
    } catch (error) {
      await failures.fail(run, progress, progress.abortError ?? error);
    } finally {
      totals.engineSecondsTotal += (performance.now() - progress.startedAt) / 1000;
      running.delete(run.engine);
      notifier.notify(`run ${run.id}`);
      resolve();
    }
  }

  #begin(run: Run, engine: Engine): void {
    const { db, runs, jobs, positions } = this.#deps;
    // The weights, which are part of the key, are only certain once the engine is ready.
    const key = contentKey(jobs.activeOf(run.id)[0]!.request, engine.about().weights);
    db.transaction(() => {
      runs.start(run.id, key, Date.now());
      jobs.setStatus(run.id, 'running');
      this.#emitToAll(run.id, { t: 'started', etaMs: positions.remainingMs(run.engine) });
    });
    for (const { id } of jobs.activeOf(run.id)) positions.forget(id);
    positions.emitChanges(run.engine);
  }

  async #generate(run: Run, engine: Engine, progress: RunInProgress): Promise<Output> {
    const { folder, positions, log, jobs, notifier } = this.#deps;
    const { signal } = progress.controller;
    const emitTransient = (event: JobTransientEvent['event']) => {
      log.emitTransient(jobs.activeOf(run.id).map(({ id }) => ({ job: id, event })));
    };
    const onProgress = (stage: string, step: number, of: number) => {
      const etaMs = positions.remainingMs(run.engine);
      if (!signal.aborted) emitTransient({ t: 'progress', stage, step, of, etaMs });
    };
    if (run.request.verb === 'describe') {
      const { spec, still } = run.request;
      const onText = (text: string) => {
        progress.text = text;
        if (!signal.aborted) emitTransient({ t: 'text', text });
      };
      const text = await engine.describe(spec, folder.readStill(still), { signal, onProgress, onText });
      return { parts: [], bytes: 0, text };
    }
    const { spec } = run.request;
    const { sampleRate, channels } = engine.about();
    const frames = Math.round(spec.seconds * sampleRate);
    const layout = { sampleRate, channels, frames, parts: requestedParts(spec) };
    const sound = new RunSound(layout, await SoundFile.open(folder.soundPath(run.id)));
    progress.sound = sound;
    const { ranking } = await engine.generate(spec, {
      signal,
      onProgress,
      onAudio: async (kind, candidate, samples) => {
        signal.throwIfAborted();
        try {
          await sound.write({ kind, candidate }, samples, (part) => this.#announce(run, part));
        } catch (error) {
          // The engine may reject with another error than the one that is thrown here.
          progress.abortError = error;
          progress.controller.abort(error);
          throw error;
        }
        notifier.notify(`run ${run.id}`);
      },
    });
    const parts = bestFirst(await sound.finish(), ranking);
    return { parts, bytes: sound.bytes };
  }

  /** Emits a new part. A retried run must make the same parts as before, which are not emitted again. */
  #announce(run: Run, part: AudioPart): void {
    const { db, runs } = this.#deps;
    const known = run.parts[part.index];
    if (known && canonicalJson(known) !== canonicalJson(part)) throw new RunDiffersError();
    if (known) return;
    db.transaction(() => {
      runs.setParts(run.id, [...run.parts, part]);
      this.#emitToAll(run.id, { t: 'part', part });
    });
    run.parts.push(part);
  }

  #complete(run: Run, engine: Engine, progress: RunInProgress, output: Output): void {
    const { db, runs, jobs, estimates, log, totals, folder, retention } = this.#deps;
    const active = jobs.activeOf(run.id);
    if (active.length === 0) {
      folder.removeSound(run.id);
      runs.abandon(run.id, 'cancelled', Date.now());
      return;
    }
    const { name, isPreview, weights } = engine.about();
    const ranMs = Math.round(performance.now() - progress.startedAt);
    const seed = run.request.verb === 'generate' ? run.request.spec.seed : 0;
    const result: RunResult = { engine: name, isPreview, weights, seed, ...output, ranMs };
    const now = Date.now();
    const startedAt = runs.get(run.id)?.startedAt ?? now;
    db.transaction(() => {
      runs.finish(run.id, result, now);
      estimates.add(run.bucket, ranMs);
      for (const { id, createdAt } of active) {
        jobs.end(id, 'done', now);
        log.emit(id, { t: 'done', result: { ...result, queuedMs: Math.max(0, startedAt - createdAt) } });
      }
    });
    totals.doneTotal += active.length;
    retention.applyQuietly();
  }

  #emitToAll(run: number, event: NewEvent): void {
    for (const { id } of this.#deps.jobs.activeOf(run)) this.#deps.log.emit(id, event);
  }
}
