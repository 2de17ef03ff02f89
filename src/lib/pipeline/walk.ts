import type { Entry, StepName } from '#lib/job/entry.ts';
import { entryKey } from '#lib/job/entry-key.ts';
import { findEntry, type Job } from '#lib/job/job.ts';
import { optionsFor, type Options } from '#lib/job/options.ts';
import type { Need } from '#lib/job/step.ts';
import {
  FILM,
  isOverlapping,
  subjectKind,
  type Span,
  type Subject,
  type SubjectKind,
} from '#lib/job/subject.ts';
import type { AnyStep } from './steps.ts';

/** One run of a step that may be due: its subject, inputs and options, and the key of its entry. */
export interface Due {
  step: AnyStep;
  subject: Subject;
  span: Span | null;
  options: object;
  inputs: Readonly<Record<string, Entry | readonly Entry[]>>;
  key: string;
}

/**
 * Walks steps × subjects: visits the inputs of a step before the step, each once. Scenes and clips are known when the
 * step that divides the film has its entry.
 */
export class Walk {
  readonly #steps: readonly AnyStep[];
  readonly #job: Job;
  readonly #options: Options;
  readonly #bring: (due: Due) => Promise<Entry | undefined>;
  readonly #entries = new Map<string, Promise<Entry | undefined>>();
  readonly #spans = new Map<SubjectKind, Promise<readonly Span[] | undefined>>();

  /** @param bring Finds or makes an entry; with undefined everything that depends on it is skipped. */
  constructor(
    steps: readonly AnyStep[],
    job: Job,
    options: Options,
    bring: (due: Due) => Promise<Entry | undefined>,
  ) {
    this.#steps = steps;
    this.#job = job;
    this.#options = options;
    this.#bring = bring;
  }

  /** The entries of a step: one for the film, or one for each scene or clip. */
  async all(name: StepName): Promise<(Entry | undefined)[]> {
    const about = this.#steps.find((step) => step.name === name)?.about ?? ['film' as const];
    const spans = await settleAll(
      about.map((kind): Promise<readonly (Span | null)[] | undefined> =>
        kind === 'film' ? Promise.resolve([null]) : this.spans(kind),
      ),
    );
    return settleAll(spans.flatMap((some) => some ?? []).map((span) => this.entry(name, span)));
  }

  /** The entry of a step for one scene or clip, or without `span` for the film. */
  entry(name: StepName, span: Span | null = null): Promise<Entry | undefined> {
    const place = `${name} ${span?.subject ?? FILM}`;
    let promise = this.#entries.get(place);
    if (!promise) this.#entries.set(place, (promise = this.#find(name, span)));
    return promise;
  }

  /** The scenes or clips of the film; undefined while it has not been divided. */
  spans(kind: Exclude<SubjectKind, 'film'>): Promise<readonly Span[] | undefined> {
    let promise = this.#spans.get(kind);
    if (!promise) this.#spans.set(kind, (promise = this.#divide(kind)));
    return promise;
  }

  async #divide(kind: SubjectKind): Promise<readonly Span[] | undefined> {
    const step = this.#steps.find(({ divides }) => divides?.into === kind);
    if (!step) throw new TypeError(`No step divides the film into ${kind}s.`);
    const entry = await this.entry(step.name);
    return entry && step.divides!.spans(entry.output as never);
  }

  async #find(name: StepName, span: Span | null): Promise<Entry | undefined> {
    const step = this.#steps.find((candidate) => candidate.name === name);
    if (!step) return findEntry(this.#job, 'source');
    const subject = span?.subject ?? FILM;
    if (!step.about.includes(subjectKind(subject)))
      throw new TypeError(`The step "${name}" says nothing about a ${subjectKind(subject)}.`);
    const roles = Object.entries(step.needs);
    const read = await settleAll(roles.map(([, need]) => this.#read(need, span)));
    if (!read.every((entry) => entry !== undefined)) return undefined;
    const inputs = Object.fromEntries(roles.map(([role], at) => [role, read[at]!]));
    const options = optionsFor(this.#options, name, subject);
    const key = await entryKey({ step: name, version: step.version, options, inputs, span });
    return this.#bring({ step, subject, span, options, inputs, key });
  }

  async #read(need: Need, span: Span | null): Promise<Entry | readonly Entry[] | undefined> {
    if (need.of === 'film' || need.of === 'same')
      return this.entry(need.step, need.of === 'same' ? span : null);
    const all = await this.spans(need.kind);
    const some = need.of === 'every' || !span ? all : all?.filter((one) => isOverlapping(one, span));
    const entries = some && (await settleAll(some.map((one) => this.entry(need.step, one))));
    return entries?.every((entry) => entry !== undefined) ? entries : undefined;
  }
}

/** Like Promise.all, but waits for all promises before it rejects with the first error. */
export async function settleAll<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
