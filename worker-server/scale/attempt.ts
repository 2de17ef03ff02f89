import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { AudioPart } from '#lib/protocol/job-event.ts';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import type { Engine, EngineListener } from '../engines/engine.ts';
import { contentKey, requestDigest } from '../jobs/content-key.ts';
import type { QueueLimits } from '../jobs/queue-limits.ts';
import { DiskFullError } from '../jobs/disk-full.ts';
import { SAMPLES_PER_BUCKET } from '../jobs/duration-estimates.ts';
import type { JobRequest } from '../jobs/job-queue.ts';
import { classifyFailure, type Failure } from '../jobs/classify-failure.ts';
import { Throttle } from '../jobs/throttle.ts';
import { bestFirst, requestedParts } from '../jobs/sound/parts.ts';
import { RunDiffersError, RunSound } from '../jobs/sound/run-sound.ts';
import type { RunResult } from '../jobs/store/run-table.ts';
import { isOutOfMemory } from './connect.ts';
import { medianDuration } from './place-clock.ts';
import { readRun } from './run-record.ts';
import { ForgottenError, keyOf, StaleRunError, type Scripts } from './scripts.ts';
import { SoundStream } from './sound-stream.ts';

/** Until what could not be written down is tried again. */
const SETTLE_MILLISECONDS = 1000;
const TWICE: { t: 'failed' } & Failure = {
  t: 'failed',
  error: { name: 'EngineError', message: 'Workers stopped again and again while they worked on this.' },
  isRetryable: true,
};

interface Surroundings {
  redis: Redis;
  scripts: Scripts;
  limits: QueueLimits;
  onUnexpectedError: (error: unknown) => void;
}

type Made = Pick<RunResult, 'parts' | 'bytes' | 'text'>;
/** An event that newer ones of its kind replace. */
interface TransientEvent {
  kind: 'progress' | 'text';
  body: string;
}

/**
 * One attempt at a run: takes it, lets the engine make it, and writes down each piece under its own token, so that an
 * attempt that was taken for dead can do no harm when it is not.
 */
export class Attempt {
  readonly run: string;
  readonly #surroundings: Surroundings;
  readonly #engine: Engine;
  readonly #token = randomUUID();
  readonly #controller = new AbortController();
  #isRequeued = false;
  #fault: unknown = null;

  constructor(run: string, engine: Engine, surroundings: Surroundings) {
    this.run = run;
    this.#engine = engine;
    this.#surroundings = surroundings;
  }

  /** Nobody wants it any more. */
  cancel(): void {
    this.#controller.abort(new DOMException('The job was cancelled.', 'AbortError'));
  }

  /** The worker stops; another one is to do it. */
  requeue(): void {
    this.#isRequeued = true;
    this.#controller.abort(new DOMException('The worker stops.', 'AbortError'));
  }

  /** False when the run has to go back into the queue; never rejects for what can be told to the jobs. */
  async perform(): Promise<boolean> {
    const { redis, scripts, limits } = this.#surroundings;
    const record = await readRun(redis, this.run);
    if (!record) return true;
    const { request, bucket } = record;
    const median = await medianDuration(redis, bucket);
    // Only an engine that is ready knows its weights for sure, and only from now on the key is right.
    const key = contentKey(requestDigest(request), this.#engine.about().weights);
    const [what, crashes, bytes] = await scripts.call<[string, string, string]>(
      'begin',
      ...[this.run, this.#token, key, limits.maxCrashes, median ?? -1, JSON.stringify(TWICE)],
    );
    if (what !== 'begun') return true;
    const startedAt = performance.now();
    try {
      const made = await this.#make(request, Number(bytes), median);
      await this.#finish(request, made, Math.round(performance.now() - startedAt));
      return true;
    } catch (error) {
      return await this.#fail(this.#fault ?? error, Number(crashes));
    } finally {
      const seconds = (performance.now() - startedAt) / 1000;
      await redis.hincrbyfloat(keyOf('totals'), 'engineSecondsTotal', seconds);
    }
  }

  async #make(request: JobRequest, bytes: number, median: number | null): Promise<Made> {
    const { limits } = this.#surroundings;
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
    if (request.verb === 'generate') return this.#makeSound(request.spec, bytes, listener);
    const onText = (text: string) => emitTransient('text', { text });
    const text = await this.#engine.describe(request.spec, request.still, { ...listener, onText });
    return { parts: [], bytes: 0, text };
  }

  async #makeSound(spec: GenerateSpec, bytes: number, listener: EngineListener): Promise<Made> {
    const { redis, scripts } = this.#surroundings;
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
          // Engines may pass on other words than these: what happened here is kept.
          this.#stop(error);
          throw error;
        }
      },
    });
    return { parts: bestFirst(await sound.finish(), ranking), bytes: sound.bytes };
  }

  async #announce(part: AudioPart): Promise<void> {
    const body = JSON.stringify({ t: 'part', part });
    const answer = await this.#surroundings.scripts.call('announce', this.run, this.#token, part.index, body);
    if (answer === 'differs') throw new RunDiffersError();
  }

  /** Errors are ignored, as no run should fail because of a transient event, except that of a stale attempt. */
  #emitTransient({ kind, body }: TransientEvent): void {
    this.#surroundings.scripts
      .call('emit-transient', this.run, this.#token, kind, body)
      .catch((error: unknown) => {
        if (error instanceof StaleRunError) this.#stop(error);
      });
  }

  #stop(error: unknown): void {
    this.#fault ??= error;
    this.#controller.abort(error);
  }

  async #finish(request: JobRequest, made: Made, ranMs: number): Promise<void> {
    const { scripts, limits } = this.#surroundings;
    const { name, isPreview, weights } = this.#engine.about();
    const seed = request.verb === 'generate' ? request.spec.seed : 0;
    const result: RunResult = { engine: name, isPreview, weights, seed, ...made, ranMs };
    await scripts.call(
      'finish',
      ...[
        this.run,
        this.#token,
        JSON.stringify(result),
        made.bytes,
        ranMs,
        limits.cacheBytes,
        SAMPLES_PER_BUCKET,
      ],
    );
  }

  async #fail(error: unknown, crashes: number): Promise<boolean> {
    const { limits, onUnexpectedError } = this.#surroundings;
    // Nobody waits for it, or somebody else is at it.
    if (error instanceof StaleRunError) return true;
    if (error instanceof ForgottenError) return this.#settle('requeue');
    if (this.#isRequeued && !(error instanceof RunDiffersError)) return this.#settle('requeue');
    if (this.#controller.signal.aborted && error === this.#controller.signal.reason && !this.#fault)
      return true;
    const outcome = classifyFailure(
      isOutOfMemory(error) ? new DiskFullError() : error,
      crashes < limits.maxCrashes,
      onUnexpectedError,
    );
    return outcome === 'retry' ? this.#settle('retry') : this.#settle('failed', { t: 'failed', ...outcome });
  }

  /** Writes down how it ended, as soon as Redis has room for it. */
  async #settle(outcome: 'requeue' | 'retry' | 'failed', body?: object): Promise<boolean> {
    for (;;) {
      try {
        await this.#surroundings.scripts.call(
          'settle',
          this.run,
          this.#token,
          outcome,
          JSON.stringify(body ?? null),
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
