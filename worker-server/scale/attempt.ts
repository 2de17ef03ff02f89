import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { AudioPart } from '#lib/protocol/job-event.ts';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import type { Engine, EngineListener } from '../engines/engine.ts';
import { classifyFailure, type Failure } from '../jobs/classify-failure.ts';
import { contentKey, requestDigest } from '../jobs/content-key.ts';
import { DiskFullError } from '../jobs/disk-full.ts';
import { SAMPLES_PER_BUCKET } from '../jobs/duration-estimates.ts';
import type { JobRequest } from '../jobs/job-queue.ts';
import type { QueueLimits } from '../jobs/queue-limits.ts';
import { bestFirst, requestedParts } from '../jobs/sound/parts.ts';
import { RunDiffersError, RunSound } from '../jobs/sound/run-sound.ts';
import type { RunResult } from '../jobs/store/run-table.ts';
import { Throttle } from '../jobs/throttle.ts';
import { isOutOfMemory } from './connect.ts';
import { medianDuration } from './queue-monitor.ts';
import { readRun } from './records.ts';
import { keyOf, LostWritesError, StaleRunError, type Scripts } from './scripts.ts';
import { SoundStream } from './sound-stream.ts';

/** Between two attempts to record an outcome while Redis is out of memory. */
const SETTLE_MILLISECONDS = 1000;
/** The event of jobs whose run crashed too often. */
const CRASHED_TOO_OFTEN: { t: 'failed' } & Failure = {
  t: 'failed',
  error: { name: 'EngineError', message: 'Workers stopped again and again while they worked on this.' },
  isRetryable: true,
};

interface Dependencies {
  redis: Redis;
  scripts: Scripts;
  limits: QueueLimits;
  onUnexpectedError: (error: unknown) => void;
}

type Output = Pick<RunResult, 'parts' | 'bytes' | 'text'>;

/** An event that is obsolete as soon as a newer one of its kind is emitted. */
interface TransientEvent {
  kind: 'progress' | 'text';
  body: string;
}

/**
 * One attempt of a worker to execute a run. Everything is written with the token of the attempt, so that a slow attempt
 * can't interfere with the one that replaced it.
 */
export class Attempt {
  readonly run: string;
  readonly #deps: Dependencies;
  readonly #engine: Engine;
  readonly #token = randomUUID();
  readonly #controller = new AbortController();
  #isRequeued = false;
  #abortError: unknown = null;

  constructor(run: string, engine: Engine, deps: Dependencies) {
    this.run = run;
    this.#engine = engine;
    this.#deps = deps;
  }

  /** Aborts the attempt because all jobs of the run were cancelled. */
  cancel(): void {
    this.#controller.abort(new DOMException('The job was cancelled.', 'AbortError'));
  }

  /** Aborts the attempt because the worker stops, and leaves the run to another worker. */
  requeue(): void {
    this.#isRequeued = true;
    this.#controller.abort(new DOMException('The worker stops.', 'AbortError'));
  }

  /** Executes the run. False when it must go back into the queue. Errors that concern the run are reported to its jobs. */
  async execute(): Promise<boolean> {
    const { redis, scripts, limits } = this.#deps;
    const record = await readRun(redis, this.run);
    if (!record) return true;
    const { request, bucket } = record;
    const median = await medianDuration(redis, bucket);
    // The weights, which are part of the key, are only certain once the engine is ready.
    const key = contentKey(requestDigest(request), this.#engine.about().weights);
    const [outcome, crashes, bytes] = await scripts.call<[string, string, string]>(
      'begin',
      ...[this.run, this.#token, key, limits.maxCrashes, median ?? -1, JSON.stringify(CRASHED_TOO_OFTEN)],
    );
    if (outcome !== 'begun') return true;
    const startedAt = performance.now();
    try {
      const output = await this.#generate(request, Number(bytes), median);
      await this.#finish(request, output, Math.round(performance.now() - startedAt));
      return true;
    } catch (error) {
      return await this.#fail(this.#abortError ?? error, Number(crashes));
    } finally {
      const seconds = (performance.now() - startedAt) / 1000;
      await redis.hincrbyfloat(keyOf('totals'), 'engineSecondsTotal', seconds);
    }
  }

  async #generate(request: JobRequest, bytes: number, median: number | null): Promise<Output> {
    const { limits } = this.#deps;
    const { signal } = this.#controller;
    using throttle = new Throttle<TransientEvent>(limits.throttleMs, (events) =>
      events.forEach((event) => this.#emitTransient(event)),
    );
    const emitTransient = (kind: TransientEvent['kind'], fields: object) => {
      const event = { kind, body: JSON.stringify({ t: kind, ...fields }) };
      if (!signal.aborted && throttle.offer(this.run, kind, event)) this.#emitTransient(event);
    };
    const startedAt = performance.now();
    const remaining = () => Math.max(0, Math.round(median! - (performance.now() - startedAt)));
    const listener: EngineListener = {
      signal,
      onProgress: (stage, step, of) =>
        emitTransient('progress', { stage, step, of, etaMs: median === null ? null : remaining() }),
    };
    if (request.verb === 'generate') return this.#generateSound(request.spec, bytes, listener);
    const onText = (text: string) => emitTransient('text', { text });
    const text = await this.#engine.describe(request.spec, request.still, { ...listener, onText });
    return { parts: [], bytes: 0, text };
  }

  async #generateSound(spec: GenerateSpec, bytes: number, listener: EngineListener): Promise<Output> {
    const { redis, scripts } = this.#deps;
    const { sampleRate, channels } = this.#engine.about();
    const frames = Math.round(spec.seconds * sampleRate);
    const sound = new RunSound(
      { sampleRate, channels, frames, parts: requestedParts(spec) },
      new SoundStream(redis, scripts, this.run, this.#token, bytes),
    );
    const { ranking } = await this.#engine.generate(spec, {
      ...listener,
      onAudio: async (kind, candidate, samples) => {
        listener.signal.throwIfAborted();
        try {
          await sound.write({ kind, candidate }, samples, (part) => this.#announce(part));
        } catch (error) {
          // The engine may reject with another error than the one that is thrown here.
          this.#abort(error);
          throw error;
        }
      },
    });
    return { parts: bestFirst(await sound.finish(), ranking), bytes: sound.bytes };
  }

  async #announce(part: AudioPart): Promise<void> {
    const body = JSON.stringify({ t: 'part', part });
    const outcome = await this.#deps.scripts.call('announce', this.run, this.#token, part.index, body);
    if (outcome === 'differs') throw new RunDiffersError();
  }

  /** Errors are ignored, as no run should fail because of a transient event. A stale attempt is aborted. */
  #emitTransient({ kind, body }: TransientEvent): void {
    this.#deps.scripts.call('emit-transient', this.run, this.#token, kind, body).catch((error: unknown) => {
      if (error instanceof StaleRunError) this.#abort(error);
    });
  }

  #abort(error: unknown): void {
    this.#abortError ??= error;
    this.#controller.abort(error);
  }

  async #finish(request: JobRequest, output: Output, ranMs: number): Promise<void> {
    const { scripts, limits } = this.#deps;
    const { name, isPreview, weights } = this.#engine.about();
    const seed = request.verb === 'generate' ? request.spec.seed : 0;
    const result: RunResult = { engine: name, isPreview, weights, seed, ...output, ranMs };
    await scripts.call(
      'finish',
      ...[this.run, this.#token, JSON.stringify(result), output.bytes, ranMs],
      ...[limits.cacheBytes, SAMPLES_PER_BUCKET],
    );
  }

  async #fail(error: unknown, crashes: number): Promise<boolean> {
    const { limits, onUnexpectedError } = this.#deps;
    // The run was cancelled, or another attempt replaced this one.
    if (error instanceof StaleRunError) return true;
    if (error instanceof LostWritesError) return this.#settle('requeue');
    if (this.#isRequeued && !(error instanceof RunDiffersError)) return this.#settle('requeue');
    if (this.#controller.signal.aborted && error === this.#controller.signal.reason && !this.#abortError)
      return true;
    const outcome = classifyFailure(
      isOutOfMemory(error) ? new DiskFullError() : error,
      crashes < limits.maxCrashes,
      onUnexpectedError,
    );
    return outcome === 'retry' ? this.#settle('retry') : this.#settle('failed', { t: 'failed', ...outcome });
  }

  /** Records the outcome, as soon as Redis has memory for it. */
  async #settle(outcome: 'requeue' | 'retry' | 'failed', event?: object): Promise<boolean> {
    for (;;) {
      try {
        await this.#deps.scripts.call(
          'settle',
          this.run,
          this.#token,
          outcome,
          JSON.stringify(event ?? null),
        );
        return outcome === 'failed';
      } catch (error) {
        if (error instanceof StaleRunError) return true;
        if (!isOutOfMemory(error)) throw error;
      }
      await sleep(SETTLE_MILLISECONDS);
    }
  }
}
