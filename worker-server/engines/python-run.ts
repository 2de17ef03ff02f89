import { EngineError, type EngineListener, type SoundListener, type TextListener } from './engine.ts';
import type { RequestMessage } from './audioldm2-message.ts';
import type { PythonProcess } from './python-process.ts';

/** Callbacks of a run, for sound or text. */
export type RunListener = EngineListener & Partial<SoundListener> & Partial<TextListener>;
export type RunDone = Extract<RequestMessage, { type: 'done' }>;

/** Timeouts of a run, milliseconds. */
export interface RunTimeouts {
  cancelGraceMs: number;
  maxSilenceMs: number;
}

/** One request to a Python process. */
export class PythonRun {
  readonly id: number;
  /** Settles when the process is free for the next request, or has ended. */
  readonly result: Promise<RunDone>;
  readonly #process: PythonProcess;
  readonly #listener: RunListener;
  readonly #timeouts: RunTimeouts;
  readonly #settled: PromiseWithResolvers<RunDone>;
  readonly #stopped = Promise.withResolvers<void>();
  readonly #onAbort = () => this.#cancel(this.#listener.signal.reason);
  #failure: { reason: unknown } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(id: number, process: PythonProcess, listener: RunListener, timeouts: RunTimeouts) {
    this.id = id;
    this.#process = process;
    this.#listener = listener;
    this.#timeouts = timeouts;
    this.#settled = Promise.withResolvers();
    this.result = this.#settled.promise;
    listener.signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#restartTimer(timeouts.maxSilenceMs);
  }

  /** Handles a message. Resolves when the listener is ready for the next one. */
  async handle(message: RequestMessage, payload: Uint8Array<ArrayBuffer>): Promise<void> {
    switch (message.type) {
      case 'done':
        this.#end(() => this.#settled.resolve(message));
        return;
      case 'error':
        this.#end(() => this.#settled.reject(new EngineError(message.message, message.isRetryable)));
        return;
      case 'cancelled':
        this.#end(() => this.#settled.reject(new EngineError('The engine gave up what it was doing.', true)));
        return;
    }
    if (this.#failure) return;
    // The time that the listener takes doesn't count as silence of the process.
    clearTimeout(this.#timer);
    try {
      await Promise.race([this.#callListener(message, payload), this.#stopped.promise]);
    } catch (error) {
      this.#cancel(error);
    }
    if (!this.#failure) this.#restartTimer(this.#timeouts.maxSilenceMs);
  }

  /** Called when the process has ended. */
  processEnded(error: EngineError): void {
    this.#end(() => this.#settled.reject(error));
  }

  async #callListener(message: RequestMessage, payload: Uint8Array<ArrayBuffer>): Promise<void> {
    if (message.type === 'progress') this.#listener.onProgress(message.stage, message.step, message.of);
    if (message.type === 'text') this.#listener.onText?.(message.text);
    if (message.type === 'audio')
      await this.#listener.onAudio?.(message.kind, message.candidate, [new Float32Array(payload.buffer)]);
  }

  #cancel(reason: unknown): void {
    if (this.#failure) return;
    this.#failure = { reason };
    this.#stopped.resolve();
    this.#process.send({ type: 'cancel', id: this.id });
    this.#restartTimer(this.#timeouts.cancelGraceMs);
  }

  /** Kills the process if there is no message within a time. The end of the process then ends this run. */
  #restartTimer(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#process.kill(), milliseconds);
  }

  #end(settle: () => void): void {
    clearTimeout(this.#timer);
    this.#listener.signal.removeEventListener('abort', this.#onAbort);
    if (this.#failure) this.#settled.reject(this.#failure.reason);
    else settle();
  }
}
