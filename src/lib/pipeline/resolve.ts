import { clipsOfTake } from '#lib/job/assembly.ts';
import type { Entry, EntryOf, StepName } from '#lib/job/entry.ts';
import { findEntry, type Job } from '#lib/job/job.ts';
import {
  defaultOptions,
  withOptions,
  type AllOptions,
  type Options,
  type Overrides,
} from '#lib/job/options.ts';
import { FILM, type Subject } from '#lib/job/subject.ts';
import type { AnyStep } from './steps.ts';
import { Walk } from './walk.ts';

/** The valid entries of one subject, by step. A step that is missing has to run. */
export type Current = { [N in StepName]?: EntryOf<N> };

/** The valid entries of every subject that has some. */
export type Resolved = ReadonlyMap<Subject, Current>;

/** Finds the entries that are valid for these options, without running anything. */
export async function resolveEntries(
  steps: readonly AnyStep[],
  job: Job,
  options: Options,
): Promise<Resolved> {
  const resolved = new Map<Subject, Record<string, Entry>>([[FILM, {}]]);
  const hold = (entry: Entry) => {
    const current = resolved.get(entry.subject) ?? {};
    resolved.set(entry.subject, { ...current, [entry.step]: entry });
  };
  const source = findEntry(job, 'source') as Entry | undefined;
  if (source) hold(source);
  const walk = new Walk(steps, job, options, ({ step, key, subject }) => {
    const known = findEntry(job, step.name, key, subject) as Entry | undefined;
    if (known) hold(known);
    return Promise.resolve(known);
  });
  for (const { name } of steps) await walk.all(name);
  return resolved;
}

/** The entries of the film that are valid for these options. */
export async function resolveFilm(steps: readonly AnyStep[], job: Job, options: Options): Promise<Current> {
  return (await resolveEntries(steps, job, options)).get(FILM) ?? {};
}

/** The given options, with those that led to an entry: this entry is valid for the result. */
export function withOptionsBehind(options: Options, job: Job, entry: Entry): Options {
  const all: Record<string, object> = {};
  const of: Partial<Record<Subject, Overrides>> = {};
  const visit = (one: Entry) => {
    if (one.subject === FILM) all[one.step] = one.options;
    else of[one.subject] = { ...of[one.subject], [one.step]: one.options };
    for (const key of Object.values(one.inputs).flat()) {
      const read = job.entries.findLast((each) => each.key === key);
      if (read && read.step !== 'source') visit(read);
    }
  };
  visit(entry);
  return structuredClone({
    ...options,
    all: { ...options.all, ...(all as Partial<AllOptions>) },
    of: { ...options.of, ...of },
  });
}

/** The given options, with those that led to a take and its parts made anew; the sounds of the user stay. */
export function withTake(options: Options, job: Job, take: EntryOf<'soundtrack'>): Options {
  const clips = clipsOfTake(job, take, options.all.assemble.clips);
  return withOptions(withOptionsBehind(options, job, take), 'assemble', { clips });
}

/** The options of the newest entries of a document, and the defaults for steps without an entry. */
export function newestOptions(job: Job): Options {
  const made = job.entries.filter(({ step }) => step !== 'source');
  return made.reduce((options, entry) => withOptionsBehind(options, job, entry), defaultOptions());
}
