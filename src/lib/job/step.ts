import type { EntryOf, OptionsOf, OutputOf, StepName } from './entry.ts';
import type { Maker } from './maker.ts';
import type { Span, SubjectKind } from './subject.ts';

/** What a step may use besides its inputs. */
export interface StepContext {
  /** Aborts the step; it rejects with `signal.reason`, an AbortError. */
  signal: AbortSignal;
  /** Reports how far the step is, 0 … 1. */
  onProgress: (fraction: number) => void;
  /** Reports the words that a step which writes has so far; for showing only. */
  onText?: (text: string) => void;
  /** The scene or clip that the run is about; left out when that is the film. */
  span?: Span;
}

/**
 * Entries that a step reads. `film`: the one about the film. `same`: the one about the same subject. `every`: those
 * about every scene or clip. `overlapping`: those about every scene or clip that shares time with the subject.
 */
export type Need<N extends StepName = StepName> =
  | { step: N; of: 'film' }
  | { step: N; of: 'same' }
  | { step: N; of: 'every' | 'overlapping'; kind: Exclude<SubjectKind, 'film'> };

/** What a step reads, by the role that it has for it. */
export type Needs = Readonly<Record<string, Need>>;

/** The entries that stand for what a step needs. */
export type Inputs<T extends Needs> = {
  [Role in keyof T]: T[Role] extends { of: 'every' | 'overlapping' }
    ? readonly EntryOf<T[Role]['step']>[]
    : EntryOf<T[Role]['step']>;
};

/** Needs of one entry about the film each, whose roles are the names of their steps. */
export function filmNeeds<N extends StepName>(...steps: N[]): { readonly [K in N]: { step: K; of: 'film' } } {
  return Object.fromEntries(steps.map((step) => [step, { step, of: 'film' }])) as never;
}

/** What a run gives: the output, and who made it where that is not the app itself. */
export interface StepResult<N extends StepName> {
  output: OutputOf<N>;
  maker?: Maker;
}

/** One step of the pipeline: reads the entries that it needs, works, and gives what is to be appended. */
export interface Step<N extends StepName = StepName, T extends Needs = Needs> {
  name: N;
  /** Counts up whenever the same options and inputs would give something else. */
  version: number;
  /** What its entries are about. */
  about: readonly SubjectKind[];
  needs: T;
  /** Whether it runs by itself as soon as a file is there; what it needs runs with it. */
  isDraft?: boolean;
  run(inputs: Inputs<T>, options: OptionsOf<N>, context: StepContext): Promise<StepResult<N>>;
  /** The roles of which a run reads the blobs, beside what the entries say themselves; left out, all. */
  readsBlobs?(options: OptionsOf<N>): readonly (keyof T)[];
  /** False for an entry that a later run may better, such as one that lacked a download; left out, all last. */
  isLasting?(entry: EntryOf<N>): boolean;
  /** Whether a change of its options asks for another score than the one that the user has edited; left out, yes. */
  replans?(change: Partial<OptionsOf<N>>): boolean;
  /** The scenes or clips that an entry of this step divides the film into. */
  divides?: { into: Exclude<SubjectKind, 'film'>; spans(output: OutputOf<N>): Span[] };
}
