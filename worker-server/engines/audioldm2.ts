import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import type { EngineAbout, Weights } from '#lib/protocol/engine-about.ts';
import { MAX_SEGMENTS, type DescribeSpec, type GenerateSpec } from '#lib/protocol/job-request.ts';
import { AudioLdm2MessageSchema, type AudioLdm2Message } from './audioldm2-message.ts';
import type { AudioLdm2Options } from './audioldm2-options.ts';
import { EngineError, type Engine, type Generated, type SoundListener, type TextListener } from './engine.ts';
import { PythonProcess, type ProcessEnd } from './python-process.ts';
import { PythonRun, type RunDone, type RunListener } from './python-run.ts';

/** How long the process may take to exit when the engine is disposed. */
const END_GRACE_MS = 3000;

/**
 * AudioLDM2 and MoonDream2 in a Python process that is started once and keeps its models loaded. When it crashes, the
 * running request rejects with a retryable EngineError, and the process is restarted with exponential backoff.
 */
export class AudioLdm2Engine implements Engine {
  readonly #options: AudioLdm2Options;
  readonly #disposed = new AbortController();
  #state: EngineAbout['state'] = 'starting';
  #detail: string | undefined;
  #startedFraction = 0;
  #sampleRate = 16_000;
  #weights: Weights[] = [];
  #process: PythonProcess | undefined;
  #starting: Promise<void> | undefined;
  #run: PythonRun | undefined;
  #runs = 0;
  /** Crashes since the last successful request. */
  #crashes = 0;

  constructor(options: AudioLdm2Options) {
    this.#options = options;
  }

  about(): EngineAbout {
    const isStarting = this.#state === 'starting';
    return {
      name: 'audioldm2',
      title: 'AudioLDM2',
      isPreview: false,
      canGenerate: true,
      canDescribe: this.#options.describer !== null,
      state: this.#state,
      ...(this.#detail !== undefined && { detail: this.#detail }),
      ...(isStarting && { startedFraction: this.#startedFraction }),
      sampleRate: this.#sampleRate,
      channels: 1,
      maxSegments: MAX_SEGMENTS,
      weights: this.#weights,
    };
  }

  async start(): Promise<void> {
    if (this.#disposed.signal.aborted) throw new EngineError('The engine was stopped.', false);
    if (this.#state === 'ready') return;
    this.#starting ??= this.#launch().finally(() => (this.#starting = undefined));
    await this.#starting;
  }

  async generate(spec: GenerateSpec, listener: SoundListener): Promise<Generated> {
    const { ranking } = await this.#request({ ...spec, type: 'generate' }, listener);
    return { ranking: ranking ?? null };
  }

  async describe(spec: DescribeSpec, still: Uint8Array, listener: TextListener): Promise<string> {
    const { text = '' } = await this.#request({ type: 'describe', question: spec.question }, listener, still);
    return text;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed.abort();
    await this.#process?.end(END_GRACE_MS);
    await this.#starting?.catch(() => undefined);
  }

  async #request(
    request: Record<string, unknown>,
    listener: RunListener,
    payload?: Uint8Array,
  ): Promise<RunDone> {
    listener.signal.throwIfAborted();
    if (this.#state !== 'ready' || !this.#process)
      throw new EngineError('The engine is not ready yet.', true);
    if (this.#run) throw new EngineError('The engine is at work on another request.', true);
    const run = new PythonRun(++this.#runs, this.#process, listener, this.#options);
    this.#run = run;
    this.#process.send({ ...request, id: run.id }, payload);
    try {
      const done = await run.result;
      this.#crashes = 0;
      return done;
    } finally {
      this.#run = undefined;
    }
  }

  /** Starts the process and waits until it is ready. */
  async #launch(): Promise<void> {
    const { command, env, log, firstBackOffMs, maxBackOffMs } = this.#options;
    this.#state = 'starting';
    this.#detail = undefined;
    this.#startedFraction = 0;
    const backOffMs =
      this.#crashes > 0 ? Math.min(firstBackOffMs * 2 ** (this.#crashes - 1), maxBackOffMs) : 0;
    const { signal } = this.#disposed;
    await wait(backOffMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) throw new EngineError('The engine was stopped.', false);
    const process = new PythonProcess(command, env, log);
    this.#process = process;
    const ready = Promise.withResolvers<void>();
    void this.#handleMessages(process, ready);
    const { model, musicModel, describer, device, dtype, isCompiled } = this.#options;
    process.send({ type: 'start', model, musicModel, describer, device, dtype, isCompiled });
    await ready.promise;
  }

  /** Handles the messages of the process until it ends. */
  async #handleMessages(process: PythonProcess, ready: PromiseWithResolvers<void>): Promise<void> {
    let failure: EngineError | undefined;
    try {
      for await (const { message, payload } of process.frames()) {
        const parsed = v.parse(AudioLdm2MessageSchema, message);
        if (parsed.type === 'failed') failure = new EngineError(parsed.message, parsed.isRetryable);
        else if ('id' in parsed) await (parsed.id === this.#run?.id && this.#run.handle(parsed, payload));
        else this.#handleStart(parsed, process, ready);
      }
    } catch {
      // An invalid message: the process can't be trusted any more.
      process.kill();
    }
    const end = await process.ended;
    const wasReady = this.#state === 'ready';
    failure ??= explainEnd(end, process, wasReady);
    this.#crashes++;
    this.#process = undefined;
    this.#state = 'failed';
    this.#detail = failure.message;
    ready.reject(failure);
    this.#run?.processEnded(failure);
    if (this.#disposed.signal.aborted) return;
    this.#options.log({
      level: 'error',
      message: 'engine ended',
      reason: failure.message,
      ...end,
      error: end.error?.code,
    });
    // A process that was ready is restarted at once; one that never was waits for the next `start()`.
    if (wasReady) await this.start().catch(() => undefined);
  }

  #handleStart(
    message: Extract<AudioLdm2Message, { type: 'starting' | 'ready' }>,
    process: PythonProcess,
    ready: PromiseWithResolvers<void>,
  ): void {
    if (message.type === 'starting') {
      this.#startedFraction = message.fraction;
      return;
    }
    this.#state = 'ready';
    process.isWithholding = true;
    this.#sampleRate = message.sampleRate;
    this.#weights = message.weights;
    ready.resolve();
  }
}

function explainEnd(
  { code, signal, error }: ProcessEnd,
  process: PythonProcess,
  wasReady: boolean,
): EngineError {
  if (error?.code === 'ENOENT')
    return new EngineError(
      'uv was not found; it is wanted to run AudioLDM2: install it from docs.astral.sh/uv, or set UV to where it is.',
      false,
    );
  const how = signal ? `signal ${signal}` : `exit code ${code}`;
  if (wasReady) return new EngineError(`The engine stopped in the middle of its work (${how}).`, true);
  const { lastLines } = process;
  const last = lastLines.find((line) => /^error/i.test(line)) ?? lastLines.at(-1);
  return new EngineError(`The engine could not be started (${how})${last ? `: ${last}` : '.'}`, true);
}
