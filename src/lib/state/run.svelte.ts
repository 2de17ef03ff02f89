import type { StepName } from '#lib/job/entry.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';

/** How a step stands: not in this map when it has not begun. */
export type StepState =
  /** `text`: the words that a step which writes has so far. */
  { is: 'running'; fraction: number; text?: string } | { is: 'done' } | { is: 'failed'; failure: Failure };

/** The run of the pipeline that is under way, at most one at a time, and how the last one ended. */
export class Run {
  steps: Partial<Record<StepName, StepState>> = $state.raw({});
  /** The latest refusal, in words for the user; null when all is well. */
  failure: Failure | null = $state.raw(null);
  /** The step that the present run goes up to; null when nothing runs. */
  goal: StepName | null = $state.raw(null);

  #abort: AbortController | null = $state.raw(null);
  readonly isRunning = $derived(this.#abort !== null);

  /** Notes how far a step is, or that it is done. */
  note(step: StepName, state: Partial<Extract<StepState, { is: 'running' }>> | { is: 'done' }): void {
    const before = this.steps[step];
    const running = before?.is === 'running' ? before : { is: 'running' as const, fraction: 0 };
    const next = state.is === 'done' ? state : { ...running, ...state };
    this.steps = { ...this.steps, [step]: next };
  }

  /**
   * Does something up to a step, in place of what is under way. A refusal lands in `failure`.
   * @returns Whether it was done to its end.
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

  /** Stops what is under way. What is done already stays. */
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
