import { EngineError, type EngineListener, type SoundListener, type TextListener } from './engine.ts';
import type { RequestMessage } from './audioldm2-message.ts';
import type { PythonProcess } from './python-process.ts';

/** What a run may tell; sound or text, whichever was asked for. */
export type RunListener = EngineListener & Partial<SoundListener> & Partial<TextListener>;
export type RunDone = Extract<RequestMessage, { type: 'done' }>;

/** How patient a run is, in milliseconds. */
export interface RunPatience {
  cancelGraceMs: number;
  maxSilenceMs: number;
}

/** One request in a Python process, from its first message to its last. */
export class PythonRun {
  readonly id: number;
  /** Settles when the process is free for the next request, or gone. */
  readonly result: Promise<RunDone>;
  readonly #process: PythonProcess;
  readonly #listener: RunListener;
  readonly #patience: RunPatience;
  readonly #settled: PromiseWithResolvers<RunDone>;
  readonly #stopped = Promise.withResolvers<void>();
  readonly #onAbort = () => this.#cancel(this.#listener.signal.reason);
  #failure: { reason: unknown } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(id: number, process: PythonProcess, listener: RunListener, patience: RunPatience) {
    this.id = id;
    this.#process = process;
    this.#listener = listener;
    this.#patience = patience;
    this.#settled = Promise.withResolvers();
    this.result = this.#settled.promise;
    listener.signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#waitFor(patience.maxSilenceMs);
  }

  /** Takes a message; resolves when the listener wants the next. */
  async take(message: RequestMessage, payload: Uint8Array<ArrayBuffer>): Promise<void> {
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
    // A slow listener is no silence of the process.
    clearTimeout(this.#timer);
    try {
      await Promise.race([this.#tell(message, payload), this.#stopped.promise]);
    } catch (error) {
      this.#cancel(error);
    }
    if (!this.#failure) this.#waitFor(this.#patience.maxSilenceMs);
  }

  /** The process is gone. */
  lose(error: EngineError): void {
    this.#end(() => this.#settled.reject(error));
  }

  async #tell(message: RequestMessage, payload: Uint8Array<ArrayBuffer>): Promise<void> {
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
    this.#waitFor(this.#patience.cancelGraceMs);
  }

  /** Ends the process when nothing comes for so long; its end then ends this run. */
  #waitFor(milliseconds: number): void {
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
