import type { EntryOf, OptionsOf, OutputOf, StepName } from './entry.ts';
import type { Job } from './job.ts';
import type { Maker } from './maker.ts';
import type { Span, SubjectKind } from './subject.ts';

/** What a step gets besides its inputs. */
export interface StepContext {
  /** Aborts the step; it rejects with `signal.reason`, an AbortError. */
  signal: AbortSignal;
  /** Reports progress, 0 … 1. */
  onProgress: (fraction: number) => void;
  /** Reports the text so far of a step that writes; only for display. */
  onText?: (text: string) => void;
  /** The scene or clip of this run; absent for the film. */
  span?: Span;
}

/**
 * Entries that a step reads. `film`: the one for the film. `same`: the one for the same subject. `every`: those for all
 * scenes or clips. `overlapping`: those for all scenes or clips that overlap the subject in time.
 */
export type Need<N extends StepName = StepName> =
  | { step: N; of: 'film' }
  | { step: N; of: 'same' }
  | { step: N; of: 'every' | 'overlapping'; kind: Exclude<SubjectKind, 'film'> };

/** The inputs of a step, by role. */
export type Needs = Readonly<Record<string, Need>>;

/** The entries for the needs of a step. */
export type Inputs<T extends Needs> = {
  [Role in keyof T]: T[Role] extends { of: 'every' | 'overlapping' }
    ? readonly EntryOf<T[Role]['step']>[]
    : EntryOf<T[Role]['step']>;
};

/** Needs for one entry of the film each, with the names of the steps as roles. */
export function filmNeeds<N extends StepName>(...steps: N[]): { readonly [K in N]: { step: K; of: 'film' } } {
  return Object.fromEntries(steps.map((step) => [step, { step, of: 'film' }])) as never;
}

/** The result of a run: the output, and its maker if that is not the app itself. */
export interface StepResult<N extends StepName> {
  output: OutputOf<N>;
  maker?: Maker;
}

/** One step of the pipeline: reads entries and returns the output of a new one. */
export interface Step<N extends StepName = StepName, T extends Needs = Needs> {
  name: N;
  /** Incremented whenever the same options and inputs give another result. */
  version: number;
  /** The subjects of its entries. */
  about: readonly SubjectKind[];
  needs: T;
  /** Whether it runs by itself as soon as there is a file, with everything that it needs. */
  isAutomatic?: boolean;
  /** Begins what a run with these options will need, while its inputs are still being made. Never fails. */
  prepare?(options: OptionsOf<N>, signal: AbortSignal, job?: Job): void;
  run(inputs: Inputs<T>, options: OptionsOf<N>, context: StepContext): Promise<StepResult<N>>;
  /** The roles whose blobs a run reads; by default all. */
  readsBlobs?(options: OptionsOf<N>): readonly (keyof T)[];
  /** False for an entry that a later run may improve, such as one without a download; by default true. */
  isLasting?(entry: EntryOf<N>): boolean;
  /** Whether a change of its options makes an edited score obsolete; by default true. */
  replans?(change: Partial<OptionsOf<N>>): boolean;
  /** The scenes or clips into which an entry of this step divides the film. */
  divides?: { into: Exclude<SubjectKind, 'film'>; spans(output: OutputOf<N>): Span[] };
}
