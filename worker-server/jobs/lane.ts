import { toEngineError, type Engine, type EngineError } from '../engines/engine.ts';
import type { Run } from './store/run-table.ts';

interface Work {
  next(engine: string): Run | null;
  perform(run: Run, engine: Engine): Promise<void>;
  /** The engine can't be made ready. */
  refuseAll(engine: string, error: EngineError): Promise<void>;
  hasWaiting(engine: string): boolean;
  /** Another run ended: lanes that waited for its client may go on. */
  onEnded(): void;
  onFault(error: unknown): void;
}

/** One engine and its runs, one at a time. */
export class Lane {
  readonly engine: Engine;
  readonly name: string;
  readonly #work: Work;
  readonly #reviveMs: number;
  #isBusy = false;
  #isWoken = false;
  #isClosed = false;
  #nextTryAt = 0;

  constructor(engine: Engine, work: Work, reviveMs: number) {
    this.engine = engine;
    this.name = engine.about().name;
    this.#work = work;
    this.#reviveMs = reviveMs;
  }

  /** Goes to work if there is any. */
  wake(): void {
    this.#isWoken = true;
    if (this.#isBusy || this.#isClosed) return;
    this.#isBusy = true;
    void this.#goThrough();
  }

  /** Gives an engine that could not be started another try, though not with every request that comes. */
  revive(): void {
    const now = performance.now();
    if (this.#isClosed || now < this.#nextTryAt) return;
    this.#nextTryAt = now + this.#reviveMs;
    // Its state tells what comes of it.
    this.engine.start().catch(() => undefined);
  }

  /** Begins no more runs. */
  close(): void {
    this.#isClosed = true;
  }

  async #goThrough(): Promise<void> {
    try {
      // Whoever wakes it while it looks in vain shall not be missed.
      for (let hasRun = true; hasRun || this.#isWoken;) {
        this.#isWoken = false;
        hasRun = await this.#goOn();
        if (hasRun) this.#work.onEnded();
      }
    } catch (error) {
      this.#work.onFault(error);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Does the next run, or refuses all if the engine is of no use; false when there is nothing to do for now. */
  async #goOn(): Promise<boolean> {
    if (this.#isClosed || !this.#work.hasWaiting(this.name)) return false;
    const problem = await this.engine.start().then(() => null, toEngineError);
    if (this.#isClosed) return false;
    if (problem) {
      await this.#work.refuseAll(this.name, problem);
    } else {
      const run = this.#work.next(this.name);
      if (!run) return false;
      await this.#work.perform(run, this.engine);
    }
    return !this.#isClosed;
  }
}
