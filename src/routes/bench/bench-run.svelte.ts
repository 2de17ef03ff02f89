import type { StepContext } from '#lib/job/step.ts';
import { toFailure, type Failure } from '#lib/state/failure.ts';

/** One run of a step on its bench page: its progress, its duration, and its output or failure. */
export class BenchRun<Output> {
  output: Output | null = $state.raw(null);
  failure: Failure | null = $state.raw(null);
  /** Progress, 0 … 1. */
  fraction = $state(0);
  /** Duration of the last run. */
  milliseconds = $state(0);
  #abort: AbortController | null = $state.raw(null);

  get isRunning(): boolean {
    return this.#abort !== null;
  }

  /** Runs a step for a submitted form. */
  async start(event: SubmitEvent, work: (context: StepContext) => Promise<Output>): Promise<void> {
    event.preventDefault();
    this.output = this.failure = null;
    this.fraction = 0;
    this.#abort = new AbortController();
    const began = performance.now();
    const onProgress = (fraction: number) => (this.fraction = fraction);
    try {
      this.output = await work({ signal: this.#abort.signal, onProgress });
    } catch (error) {
      this.failure = toFailure(error);
    } finally {
      this.milliseconds = Math.round(performance.now() - began);
      this.#abort = null;
    }
  }

  stop(): void {
    this.#abort?.abort();
  }
}
