import type { EntryOf, OptionsOf, OutputOf, StepName } from './entry.ts';

/** What a step may use besides its inputs. */
export interface StepContext {
  /** Aborts the step; it rejects with `signal.reason`, an AbortError. */
  signal: AbortSignal;
  /** Tells how far the step is, 0 … 1. */
  onProgress: (fraction: number) => void;
  /** Tells the words that a step which writes has so far; for showing only. */
  onText?: (text: string) => void;
}

/** The current entries of the steps that a step reads. */
export type Inputs<N extends StepName> = { [K in N]: EntryOf<K> };

/**
 * A room of the corridor: reads the entries it needs, works, gives what is to be appended.
 * The version counts up whenever the same options and inputs would give something else.
 */
export interface Step<N extends StepName, Needs extends StepName = never> {
  name: N;
  version: number;
  needs: readonly Needs[];
  run(inputs: Inputs<Needs>, options: OptionsOf<N>, context: StepContext): Promise<OutputOf<N>>;
  /** False for an entry that a later run may better, such as one that lacked a download; left out, all last. */
  isLasting?(entry: EntryOf<N>): boolean;
}
