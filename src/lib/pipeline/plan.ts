import { STEP_NAMES, type Entry, type StepName } from '#lib/job/entry.ts';
import { findEntry, type Job } from '#lib/job/job.ts';
import type { Options } from '#lib/job/options.ts';
import { areBlobsThere } from './blobs-there.ts';
import { stepsBehind, type AnyStep } from './steps.ts';
import { Walk, type Due } from './walk.ts';

/** What a run does again although the document has an entry for it, and which steps need the source. */
export interface Plan {
  /** Entries whose blobs are needed and missing: their steps run again. */
  again: ReadonlySet<Entry>;
  /** The steps that run since the document has no entry of theirs. */
  missing: ReadonlySet<StepName>;
  /** The steps that run and read the bytes of the source. */
  readSource: readonly StepName[];
}

/** An entry of the document that is valid for the present options. */
interface ValidEntry {
  due: Due;
  entry: Entry;
}

/**
 * Plans a run up to `goals`. Missing blobs of an entry matter only if they are read: by a step that runs, or by the
 * caller, who names the steps in `blobsOf`.
 * @param blobsOf Steps whose blobs have to be stored after the run; by default all.
 */
export async function planRun(
  steps: readonly AnyStep[],
  job: Job,
  options: Options,
  goals: readonly StepName[],
  blobsOf: readonly StepName[] = STEP_NAMES,
): Promise<Plan> {
  const { valid, incomplete } = await validEntries(steps, job, options, goals);
  const validOf = (name: StepName) => valid.get(name) ?? [];
  const needed = new Set(blobsOf.flatMap(validOf).map(({ entry }) => entry));
  const again = new Set<Entry>();
  const readSource: StepName[] = [];

  /** What a step may read whose inputs are not known yet: all entries of the steps that it needs. */
  const readLater = (step: AnyStep): readonly Entry[] =>
    rolesReadFromBlobs(step, options.all[step.name]).flatMap((role) => {
      const { step: name } = step.needs[role]!;
      if (name === 'source') return (findEntry(job, name) as Entry | undefined) ?? [];
      return validOf(name).map(({ entry }) => entry);
    });

  // Backwards, since a step comes before those that read its blobs.
  for (const step of steps.toReversed()) {
    const wanted = validOf(step.name).filter(({ entry }) => needed.has(entry));
    const areThere = await Promise.all(wanted.map(({ entry }) => areBlobsThere(entry)));
    const repeated = wanted.filter((_, index) => !areThere[index]);
    const read = repeated.flatMap(({ due }) => inputsReadFromBlobs(due));
    if (incomplete.has(step.name)) read.push(...readLater(step));
    for (const { entry } of repeated) again.add(entry);
    for (const entry of read) needed.add(entry);
    if (read.some((entry) => entry.step === 'source')) readSource.unshift(step.name);
  }
  return { again, missing: incomplete, readSource };
}

/** The entries whose blobs a run reads. */
export function inputsReadFromBlobs({ step, options, inputs }: Due): Entry[] {
  return rolesReadFromBlobs(step, options).flatMap((role) => inputs[role]!);
}

/** The roles whose blobs a run of a step reads. */
function rolesReadFromBlobs(step: AnyStep, options: object): readonly string[] {
  return step.readsBlobs?.(options as never) ?? Object.keys(step.needs);
}

/** The valid entries that the goals depend on, and the steps that have to run because one is missing. */
async function validEntries(
  steps: readonly AnyStep[],
  job: Job,
  options: Options,
  goals: readonly StepName[],
): Promise<{ valid: ReadonlyMap<StepName, ValidEntry[]>; incomplete: ReadonlySet<StepName> }> {
  const valid = new Map<StepName, ValidEntry[]>();
  const incomplete = new Set<StepName>();
  const walk = new Walk(steps, job, options, (due) => {
    const { name } = due.step;
    const entry = findEntry(job, name, due.key, due.subject) as Entry | undefined;
    if (entry) valid.set(name, [...(valid.get(name) ?? []), { due, entry }]);
    return Promise.resolve(entry);
  });
  for (const name of stepsBehind(goals, steps)) {
    const entries = await walk.all(name);
    if (entries.length === 0 || entries.includes(undefined)) incomplete.add(name);
  }
  return { valid, incomplete };
}
