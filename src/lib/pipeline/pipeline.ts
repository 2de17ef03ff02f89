import { append, findEntry, type Job } from '#lib/job/job.ts';
import type { Entry, EntryOf, StepName } from '#lib/job/entry.ts';
import { canonical } from '#lib/job/entry-key.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import type { Options } from '#lib/job/options.ts';
import type { StepResult } from '#lib/job/step.ts';
import { areBlobsThere } from './blobs-there.ts';
import { inputsReadFromBlobs, planRun } from './plan.ts';
import type { AnyStep } from './steps.ts';
import { settleAll, Walk, type Due } from './walk.ts';

/** Callbacks of a running pipeline. */
export interface PipelineEvents {
  /** A step started, or made progress (0 … 1). */
  onProgress: (step: StepName, fraction: number) => void;
  /** The text so far of a step that writes. */
  onText?: (step: StepName, text: string) => void;
  /** A step is done: with a new entry, or with an existing one. */
  onEntry: (entry: Entry, isNew: boolean) => void;
}

/**
 * Runs the steps up to those named in `goals`; steps that don't depend on each other run at the same time.
 * A step whose key is already in the document is skipped, unless its blobs are needed and missing (see `planRun`) or it
 * is not lasting. When a step fails the others are completed; their entries reach `onEntry` before this rejects.
 * @param blobsOf Steps whose blobs have to be stored afterwards; by default all.
 * @returns The document with the new entries.
 * @throws TypeError when the document has no source.
 */
export async function runPipeline(
  steps: readonly AnyStep[],
  start: Job,
  options: Options,
  goals: readonly StepName[],
  signal: AbortSignal,
  events: PipelineEvents,
  blobsOf?: readonly StepName[],
): Promise<Job> {
  if (!findEntry(start, 'source'))
    throw new TypeError('The pipeline needs a document with a source; this one has none.');
  const { again, missing } = await planRun(steps, start, options, goals, blobsOf);
  for (const step of steps) {
    if (missing.has(step.name)) step.prepare?.(options.all[step.name] as never, signal, start);
  }
  let job = start;
  const walk = new Walk(steps, start, options, async (due) => {
    signal.throwIfAborted();
    const known = findEntry(start, due.step.name, due.key, due.subject) as Entry | undefined;
    if (known && !again.has(known) && !(await mayImprove(known, due))) {
      events.onEntry(known, false);
      return known;
    }
    const entry = await runStep(due, signal, events);
    // An equal result of a step that is not lasting adds no entry.
    if (known && isSameContent(known, entry)) {
      events.onEntry(known, false);
      return known;
    }
    job = append(job, entry);
    events.onEntry(entry, true);
    return entry;
  });
  await settleAll(goals.map((goal) => walk.all(goal)));
  return job;
}

/** Whether another run may improve an entry, and everything that it reads is stored. */
async function mayImprove(entry: Entry, due: Due): Promise<boolean> {
  if (due.step.isLasting?.(entry as never) ?? true) return false;
  return (await Promise.all(inputsReadFromBlobs(due).map(areBlobsThere))).every(Boolean);
}

async function runStep(due: Due, signal: AbortSignal, events: PipelineEvents): Promise<Entry> {
  const { step, span, options, inputs } = due;
  const { name } = step;
  events.onProgress(name, 0);
  const began = performance.now();
  // A worker's progress may arrive after its result.
  let isOver = false;
  const result = await step.run(inputs as never, options as never, {
    signal,
    onProgress: (fraction) => isOver || events.onProgress(name, fraction),
    onText: (text) => isOver || events.onText?.(name, text),
    ...(span && { span }),
  });
  isOver = true;
  return toEntry(due, result, performance.now() - began);
}

/**
 * The entry of a step whose result was made elsewhere, such as a server's description.
 * @returns undefined while inputs of the step are missing.
 */
export async function entryOfResult<N extends StepName>(
  steps: readonly AnyStep[],
  job: Job,
  options: Options,
  name: N,
  result: StepResult<N>,
): Promise<EntryOf<N> | undefined> {
  const walk = new Walk(steps, job, options, (due) =>
    Promise.resolve(
      due.step.name === name
        ? toEntry(due, result, 0)
        : (findEntry(job, due.step.name, due.key, due.subject) as Entry | undefined),
    ),
  );
  return (await walk.entry(name)) as EntryOf<N> | undefined;
}

function toEntry(
  { step, subject, options, inputs, key }: Due,
  { output, maker = deviceMaker() }: StepResult<StepName>,
  milliseconds: number,
): Entry {
  const keysOf = (read: Entry | readonly Entry[]) =>
    Array.isArray(read) ? read.map((entry: Entry) => entry.key) : (read as Entry).key;
  return {
    step: step.name,
    version: step.version,
    subject,
    at: new Date().toISOString(),
    milliseconds: Math.round(milliseconds),
    key,
    inputs: Object.fromEntries(Object.entries(inputs).map(([role, read]) => [role, keysOf(read)])),
    options: structuredClone(options),
    output,
    maker,
  } as Entry;
}

function isSameContent(one: Entry, other: Entry): boolean {
  // A document from storage has its fields in another order than the output of a step.
  const content = ({ output, maker }: Entry) => canonical([output, maker]);
  return content(one) === content(other);
}
