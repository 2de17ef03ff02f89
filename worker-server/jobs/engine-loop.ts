import { toEngineError, type Engine, type EngineError } from '../engines/engine.ts';
import type { Run } from './store/run-table.ts';

interface Handlers {
  /** The run to execute next, if any may start. */
  next(engine: string): Run | null;
  execute(run: Run, engine: Engine): Promise<void>;
  /** Fails all waiting runs of an engine that can't be started. */
  refuseAll(engine: string, error: EngineError): Promise<void>;
  hasWaiting(engine: string): boolean;
  /** Called after each run: other engines may now start runs of the same client. */
  onEnded(): void;
  onUnexpectedError(error: unknown): void;
}

/** Executes the runs of one engine, one at a time. */
export class EngineLoop {
  readonly engine: Engine;
  readonly name: string;
  readonly #handlers: Handlers;
  readonly #retryMs: number;
  #isRunning = false;
  #isWoken = false;
  #isClosed = false;
  #nextRetryAt = 0;

  /** @param retryMs Shortest time between two attempts to start the engine while no run is waiting. */
  constructor(engine: Engine, handlers: Handlers, retryMs: number) {
    this.engine = engine;
    this.name = engine.about().name;
    this.#handlers = handlers;
    this.#retryMs = retryMs;
  }

  /** Starts the loop if it is idle and there may be a run to execute. */
  wake(): void {
    this.#isWoken = true;
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    void this.#runUntilIdle();
  }

  /** Starts the engine in the background, at most once per retry interval. */
  startEngine(): void {
    const now = performance.now();
    if (this.#isClosed || now < this.#nextRetryAt) return;
    this.#nextRetryAt = now + this.#retryMs;
    // `about()` reports a failure.
    this.engine.start().catch(() => undefined);
  }

  /** Starts no more runs. */
  close(): void {
    this.#isClosed = true;
  }

  async #runUntilIdle(): Promise<void> {
    try {
      // `wake()` may be called while no run was found: look again before ending.
      for (let hasRun = true; hasRun || this.#isWoken;) {
        this.#isWoken = false;
        hasRun = await this.#runNext();
        if (hasRun) this.#handlers.onEnded();
      }
    } catch (error) {
      this.#handlers.onUnexpectedError(error);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Executes the next run, or refuses all when the engine can't be started. False when there is nothing to do. */
  async #runNext(): Promise<boolean> {
    if (this.#isClosed || !this.#handlers.hasWaiting(this.name)) return false;
    const problem = await this.engine.start().then(() => null, toEngineError);
    if (this.#isClosed) return false;
    if (problem) {
      await this.#handlers.refuseAll(this.name, problem);
    } else {
      const run = this.#handlers.next(this.name);
      if (!run) return false;
      await this.#handlers.execute(run, this.engine);
    }
    return !this.#isClosed;
  }
}
