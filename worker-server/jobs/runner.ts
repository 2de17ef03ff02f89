import type { AudioPart } from '#lib/protocol/job-event.ts';
import type { Engine } from '../engines/engine.ts';
import { canonicalJson, contentKey } from './content-key.ts';
import type { QueueParts } from './queue-parts.ts';
import type { LiveRun } from './live-run.ts';
import { RunDiffersError, RunSound } from './sound/run-sound.ts';
import { SoundFile } from './sound/sound-file.ts';
import { bestFirst, takesOf } from './sound/takes.ts';
import type { JobTransientEvent, NewEvent } from './store/event-log.ts';
import type { Run, RunResult } from './store/run-table.ts';
import type { RunEnd } from './run-end.ts';
import type { Sweeper } from './sweeper.ts';

type Made = Pick<RunResult, 'parts' | 'bytes' | 'text'>;

/** Takes one run from its start to its end, and tells its jobs. */
export class Runner {
  readonly #parts: QueueParts;
  readonly #sweeper: Sweeper;
  readonly #end: RunEnd;

  constructor(parts: QueueParts, sweeper: Sweeper, end: RunEnd) {
    this.#parts = parts;
    this.#sweeper = sweeper;
    this.#end = end;
  }

  /** Never rejects: what goes wrong is told to the jobs. */
  async perform(run: Run, engine: Engine): Promise<void> {
    const { live: lives, notifier, totals } = this.#parts;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const live: LiveRun = {
      id: run.id,
      bucket: run.bucket,
      startedAt: performance.now(),
      controller: new AbortController(),
      sound: null,
      text: null,
      fault: null,
      isPutBack: false,
      ended,
    };
    lives.set(run.engine, live);
    totals.runsTotal++;
    try {
      this.#begin(run, engine);
      const made = await this.#make(run, engine, live);
      this.#complete(run, engine, live, made);
    } catch (error) {
      await this.#end.fail(run, live, live.fault ?? error);
    } finally {
      totals.engineSecondsTotal += (performance.now() - live.startedAt) / 1000;
      lives.delete(run.engine);
      notifier.notify(`run ${run.id}`);
      resolve();
    }
  }

  #begin(run: Run, engine: Engine): void {
    const { db, runs, jobs, room } = this.#parts;
    // Only an engine that is ready knows its weights for sure, and only from now on the key is right.
    const key = contentKey(jobs.activeOf(run.id)[0]!.request, engine.about().weights);
    db.transaction(() => {
      runs.start(run.id, key, Date.now());
      jobs.setActive(run.id, 'running');
      this.#emitToAll(run.id, { t: 'started', etaMs: room.remainingMs(run.engine) });
    });
    for (const { id } of jobs.activeOf(run.id)) room.leave(id);
    room.emitPositions(run.engine);
  }

  async #make(run: Run, engine: Engine, live: LiveRun): Promise<Made> {
    const { folder, room, log, jobs } = this.#parts;
    const { signal } = live.controller;
    const emitTransient = (event: JobTransientEvent['event']) => {
      log.emitTransient(jobs.activeOf(run.id).map(({ id }) => ({ job: id, event })));
    };
    const onProgress = (stage: string, step: number, of: number) => {
      if (!signal.aborted)
        emitTransient({ t: 'progress', stage, step, of, etaMs: room.remainingMs(run.engine) });
    };
    if (run.request.verb === 'describe') {
      const { spec, still } = run.request;
      const onText = (text: string) => {
        live.text = text;
        if (!signal.aborted) emitTransient({ t: 'text', text });
      };
      const text = await engine.describe(spec, folder.readStill(still), { signal, onProgress, onText });
      return { parts: [], bytes: 0, text };
    }
    const { spec } = run.request;
    const { sampleRate, channels } = engine.about();
    const frames = Math.round(spec.seconds * sampleRate);
    const layout = { sampleRate, channels, frames, takes: takesOf(spec) };
    const sound = new RunSound(layout, await SoundFile.open(folder.soundPath(run.id)));
    live.sound = sound;
    const { ranking } = await engine.generate(spec, {
      signal,
      onProgress,
      onAudio: async (kind, candidate, samples) => {
        signal.throwIfAborted();
        try {
          await sound.write({ kind, candidate }, samples, (part) => this.#announce(run, part));
        } catch (error) {
          // Engines may pass on other words than these: what happened here is kept.
          live.fault = error;
          live.controller.abort(error);
          throw error;
        }
        this.#parts.notifier.notify(`run ${run.id}`);
      },
    });
    const parts = bestFirst(await sound.finish(), ranking);
    return { parts, bytes: sound.bytes };
  }

  /** A repeated run announces only what was not announced before its death, and must agree with the rest. */
  #announce(run: Run, part: AudioPart): void {
    const { db, runs } = this.#parts;
    const known = run.parts[part.index];
    if (known && canonicalJson(known) !== canonicalJson(part)) throw new RunDiffersError();
    if (known) return;
    db.transaction(() => {
      runs.announce(run.id, [...run.parts, part]);
      this.#emitToAll(run.id, { t: 'part', part });
    });
    run.parts.push(part);
  }

  #complete(run: Run, engine: Engine, live: LiveRun, made: Made): void {
    const { db, runs, jobs, durations, log, totals, folder } = this.#parts;
    const active = jobs.activeOf(run.id);
    if (active.length === 0) {
      folder.removeSound(run.id);
      runs.giveUp(run.id, 'cancelled', Date.now());
      return;
    }
    const { name, isPreview, weights } = engine.about();
    const ranMs = Math.round(performance.now() - live.startedAt);
    const seed = run.request.verb === 'generate' ? run.request.spec.seed : 0;
    const result: RunResult = { engine: name, isPreview, weights, seed, ...made, ranMs };
    const now = Date.now();
    const startedAt = runs.get(run.id)?.startedAt ?? now;
    db.transaction(() => {
      runs.finish(run.id, result, now);
      durations.add(run.bucket, ranMs);
      for (const { id, createdAt } of active) {
        jobs.end(id, 'done', now);
        log.emit(id, { t: 'done', result: { ...result, queuedMs: Math.max(0, startedAt - createdAt) } });
      }
    });
    totals.doneTotal += active.length;
    this.#sweeper.sweepQuietly();
  }

  #emitToAll(run: number, event: NewEvent): void {
    for (const { id } of this.#parts.jobs.activeOf(run)) this.#parts.log.emit(id, event);
  }
}
