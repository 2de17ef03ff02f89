import { append, blobNames, findEntry, type Job } from '#lib/job/job.ts';
import type { AllOptions, Entry, EntryOf, StepName } from '#lib/job/entry.ts';
import type { BlobName } from '#lib/job/blob-name.ts';
import { hasBlob } from '#lib/worker/blob-store.ts';
import type { AnyStep } from './corridor.ts';
import { entryKey } from './entry-key.ts';

/** News from a running pipeline. */
export interface PipelineNews {
  /** A step began, or got further (0 … 1). */
  onProgress: (step: StepName, fraction: number) => void;
  /** A step that writes has these words so far. */
  onText?: (step: StepName, text: string) => void;
  /** A step is done: with a new entry, or with one that was there already. */
  onEntry: (entry: Entry, isNew: boolean) => void;
}

/** The entries that hold for the present options, one per step that needs no run. */
export type Current = { [N in StepName]?: EntryOf<N> };

/**
 * Runs the steps up to those named in `goals`; steps that don't wait for each other run side by side.
 * A step whose key is in the document already, with its blobs, is skipped, unless a new run may do better.
 * When a step fails the others finish what they can; their entries reach `onEntry` before this rejects.
 * @returns The document with the new entries.
 */
export async function runPipeline(
  steps: readonly AnyStep[],
  start: Job,
  options: AllOptions,
  goals: readonly StepName[],
  signal: AbortSignal,
  news: PipelineNews,
): Promise<Job> {
  let job = start;
  const pending = new Map<StepName, Promise<Entry>>();

  const need = (name: StepName): Promise<Entry> => {
    let promise = pending.get(name);
    if (!promise) pending.set(name, (promise = bring(name)));
    return promise;
  };

  const bring = async (name: StepName): Promise<Entry> => {
    const step = steps.find((candidate) => candidate.name === name);
    if (!step) return sourceEntry(start);
    const read = await settleAll(step.needs.map(need));
    signal.throwIfAborted();
    const key = await entryKey(name, step.version, options[name], read);
    const known = findEntry(job, name, key);
    const isLasting = known && (step.isLasting?.(known) ?? true);
    if (known && isLasting && (await areBlobsThere(known))) {
      news.onEntry(known as Entry, false);
      return known as Entry;
    }
    news.onProgress(name, 0);
    const began = performance.now();
    const inputs = Object.fromEntries(read.map((entry) => [entry.step, entry]));
    const output = await step.run(inputs as never, options[name], {
      signal,
      onProgress: (fraction) => news.onProgress(name, fraction),
      onText: (text) => news.onText?.(name, text),
    });
    const entry = {
      step: name,
      version: step.version,
      at: new Date().toISOString(),
      milliseconds: Math.round(performance.now() - began),
      key,
      inputs: Object.fromEntries(read.map((used) => [used.step, used.key])),
      options: structuredClone(options[name]),
      output,
    } as Entry;
    job = append(job, entry);
    news.onEntry(entry, true);
    return entry;
  };

  await settleAll(goals.map(need));
  return job;
}

/** Which entries hold for these options, without running anything. */
export async function resolveCurrent(
  steps: readonly AnyStep[],
  job: Job,
  options: AllOptions,
): Promise<Current> {
  const current: Record<string, Entry> = {};
  const source = findEntry(job, 'source');
  if (source) current['source'] = source;
  for (const step of steps) {
    const read = step.needs.map((name) => current[name]);
    if (!read.every((entry) => entry !== undefined)) continue;
    const known = findEntry(
      job,
      step.name,
      await entryKey(step.name, step.version, options[step.name], read),
    );
    if (known) current[step.name] = known as Entry;
  }
  return current;
}

/** The options that led to an entry: setting them brings that entry back. */
export function optionsBehind(job: Job, entry: Entry): Partial<AllOptions> {
  const options: Partial<Record<StepName, object>> = { [entry.step]: entry.options };
  for (const [name, key] of Object.entries(entry.inputs) as [StepName, string][]) {
    const read = findEntry(job, name, key);
    if (read) Object.assign(options, optionsBehind(job, read as Entry));
  }
  return structuredClone(options) as Partial<AllOptions>;
}

function sourceEntry(job: Job): Entry {
  const entry = findEntry(job, 'source');
  if (!entry) throw new TypeError('The pipeline needs a document with a source; this one has none.');
  return entry;
}

async function areBlobsThere(entry: { output: unknown }): Promise<boolean> {
  const names = [...blobNames(entry.output)] as BlobName[];
  return (await Promise.all(names.map(hasBlob))).every(Boolean);
}

/** Like Promise.all, but waits for all to end before it rejects with the first refusal. */
async function settleAll<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
