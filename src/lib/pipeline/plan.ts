import { STEP_NAMES, type Entry, type StepName } from '#lib/job/entry.ts';
import { findEntry, type Job } from '#lib/job/job.ts';
import type { Options } from '#lib/job/options.ts';
import { areBlobsThere } from './blobs-there.ts';
import { stepsBehind, type AnyStep } from './steps.ts';
import { Walk, type Due } from './walk.ts';

/** What a run will do although the document has an entry for it, and what it needs the source for. */
export interface Plan {
  /** Entries whose blobs are needed and missing: their steps run again. */
  again: ReadonlySet<Entry>;
  /** The steps that run and read the bytes of the source. */
  readSource: readonly StepName[];
}

/** An entry of the document that holds for the present options. */
interface Held {
  due: Due;
  entry: Entry;
}

/**
 * Plans a run up to `goals`. Whether the blobs of an entry are stored matters only where somebody reads them: a step
 * that runs, or the caller, who names the steps in `blobsOf`.
 * @param blobsOf Steps whose blobs have to be stored after the run; left out, those of all steps.
 */
export async function planRun(
  steps: readonly AnyStep[],
  job: Job,
  options: Options,
  goals: readonly StepName[],
  blobsOf: readonly StepName[] = STEP_NAMES,
): Promise<Plan> {
  const { held, incomplete } = await heldEntries(steps, job, options, goals);
  const heldOf = (name: StepName) => held.get(name) ?? [];
  const needed = new Set(blobsOf.flatMap(heldOf).map(({ entry }) => entry));
  const again = new Set<Entry>();
  const readSource: StepName[] = [];

  /** What a step will read whose own inputs are not known yet: all that there is. */
  const readLater = (step: AnyStep): readonly Entry[] =>
    rolesReadFromBlobs(step, options.all[step.name]).flatMap((role) => {
      const { step: name } = step.needs[role]!;
      if (name === 'source') return (findEntry(job, name) as Entry | undefined) ?? [];
      return heldOf(name).map(({ entry }) => entry);
    });

  // Backwards: whatever reads the blobs of a step stands behind it.
  for (const step of steps.toReversed()) {
    const wanted = heldOf(step.name).filter(({ entry }) => needed.has(entry));
    const areThere = await Promise.all(wanted.map(({ entry }) => areBlobsThere(entry)));
    const repeated = wanted.filter((_, index) => !areThere[index]);
    const read = repeated.flatMap(({ due }) => inputsReadFromBlobs(due));
    if (incomplete.has(step.name)) read.push(...readLater(step));
    for (const { entry } of repeated) again.add(entry);
    for (const entry of read) needed.add(entry);
    if (read.some((entry) => entry.step === 'source')) readSource.unshift(step.name);
  }
  return { again, readSource };
}

/** The entries of which a run reads the blobs. */
export function inputsReadFromBlobs({ step, options, inputs }: Due): Entry[] {
  return rolesReadFromBlobs(step, options).flatMap((role) => inputs[role]!);
}

/** The roles of which a run of a step reads the blobs, beside what the entries say themselves. */
function rolesReadFromBlobs(step: AnyStep, options: object): readonly string[] {
  return step.readsBlobs?.(options as never) ?? Object.keys(step.needs);
}

/** The entries behind the goals that hold, and the steps that have to run because one is missing. */
async function heldEntries(
  steps: readonly AnyStep[],
  job: Job,
  options: Options,
  goals: readonly StepName[],
): Promise<{ held: ReadonlyMap<StepName, Held[]>; incomplete: ReadonlySet<StepName> }> {
  const held = new Map<StepName, Held[]>();
  const incomplete = new Set<StepName>();
  const walk = new Walk(steps, job, options, (due) => {
    const { name } = due.step;
    const entry = findEntry(job, name, due.key, due.subject) as Entry | undefined;
    if (entry) held.set(name, [...(held.get(name) ?? []), { due, entry }]);
    return Promise.resolve(entry);
  });
  for (const name of stepsBehind(goals, steps)) {
    const entries = await walk.all(name);
    if (entries.length === 0 || entries.includes(undefined)) incomplete.add(name);
  }
  return { held, incomplete };
}
