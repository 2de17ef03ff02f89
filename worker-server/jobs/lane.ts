import { EngineError, type Engine } from '../engines/engine.ts';
import type { Run } from './store/run-table.ts';

interface Work {
  next(engine: string): Run | null;
  perform(run: Run, engine: Engine): Promise<void>;
  /** The engine can't be made ready. */
  refuseAll(engine: string, error: EngineError): Promise<void>;
  hasWaiting(engine: string): boolean;
  /** Another run ended: lanes that waited for its client may go on. */
  onEnded(): void;
}

/** One engine and its runs, one at a time. */
export class Lane {
  readonly engine: Engine;
  readonly name: string;
  readonly #work: Work;
  readonly #reviveMs: number;
  #isBusy = false;
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
    while (!this.#isClosed && this.#work.hasWaiting(this.name)) {
      const problem = await this.engine.start().then(() => null, toEngineError);
      if (this.#isClosed) break;
      if (problem) {
        await this.#work.refuseAll(this.name, problem);
        continue;
      }
      const run = this.#work.next(this.name);
      if (!run) break;
      await this.#work.perform(run, this.engine);
      this.#work.onEnded();
    }
    this.#isBusy = false;
  }
}

function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError('The engine could not be started.', true);
}
