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
  #isBusy = false;
  #isClosed = false;

  constructor(engine: Engine, work: Work) {
    this.engine = engine;
    this.name = engine.about().name;
    this.#work = work;
  }

  /** Goes to work if there is any. */
  wake(): void {
    if (this.#isBusy || this.#isClosed) return;
    this.#isBusy = true;
    void this.#goThrough();
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
