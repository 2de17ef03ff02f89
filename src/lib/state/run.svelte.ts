import type { StepName } from '#lib/job/entry.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';

/** State of a step: not in the map when it has not started. */
export type StepState =
  /** `text`: what a step that writes text has so far. */
  { is: 'running'; fraction: number; text?: string } | { is: 'done' } | { is: 'failed'; failure: Failure };

/** The running pipeline, at most one at a time, and how the last run ended. */
export class Run {
  steps: Partial<Record<StepName, StepState>> = $state.raw({});
  /** The last failure; null when all is well. */
  failure: Failure | null = $state.raw(null);
  /** The last step of the present run; null when nothing runs. */
  goal: StepName | null = $state.raw(null);

  #abort: AbortController | null = $state.raw(null);
  readonly isRunning = $derived(this.#abort !== null);

  /** Updates the progress of a step. */
  note(step: StepName, state: Partial<Extract<StepState, { is: 'running' }>> | { is: 'done' }): void {
    const before = this.steps[step];
    const running = before?.is === 'running' ? before : { is: 'running' as const, fraction: 0 };
    const next = state.is === 'done' ? state : { ...running, ...state };
    this.steps = { ...this.steps, [step]: next };
  }

  /**
   * Starts a run up to a step, and cancels the one before. Errors go to `failure`.
   * @returns Whether it was completed.
   */
  async start(goal: StepName, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.goal = goal;
    this.failure = null;
    try {
      await work(abort.signal);
      return true;
    } catch (error) {
      if (!isAbort(error) && this.#abort === abort) {
        this.failure = toFailure(error);
        this.steps = { ...this.steps, [goal]: { is: 'failed', failure: this.failure } };
      }
      return false;
    } finally {
      if (this.#abort === abort) this.#end();
    }
  }

  /** Cancels the run. Finished steps stay. */
  cancel(): void {
    this.#abort?.abort(new DOMException('Cancelled.', 'AbortError'));
    this.#end();
  }

  /** Another project was opened, or none. */
  forget(): void {
    this.cancel();
    this.steps = {};
    this.failure = null;
  }

  #end(): void {
    this.#abort = null;
    this.goal = null;
    const ended = Object.entries(this.steps).filter(([, state]) => state.is !== 'running');
    this.steps = Object.fromEntries(ended);
  }
}
