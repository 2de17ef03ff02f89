import type { EntryOf } from '#lib/job/entry.ts';
import { findEntry, type Job } from '#lib/job/job.ts';
import { withOptions, type Options } from '#lib/job/options.ts';
import { runPipeline, type PipelineEvents } from '#lib/pipeline/pipeline.ts';
import { AUTOMATIC, STEPS, stepsBehind } from '#lib/pipeline/steps.ts';

/** Films up to this length are watched and searched for things about as fast as a draft is made, seconds. */
const SHORT_SECONDS = 6;
/** With fewer cores a draft comes first, and the rest after it. */
const MANY_CORES = 6;

/** Steps whose entries are the same for a draft and for a take. */
const SHARED = stepsBehind(AUTOMATIC).filter(
  (name) =>
    name !== 'source' && !stepsBehind([name]).some((behind) => behind === 'watch' || behind === 'objects'),
);

/**
 * The first soundtrack of a film, from its sampled frames and key frames: it can be played while the film is still
 * being watched and searched for things. It belongs to no document; the first take replaces it.
 */
export class Draft {
  soundtrack: EntryOf<'soundtrack'> | null = $state.raw(null);
  #run: AbortController | null = null;

  /**
   * Makes a draft, if the film is long enough to need one. It never fails: the run that makes the take meets the same
   * fault and reports it.
   * @param events About the steps whose entries serve the take, too.
   * @returns When the run that makes the take may start: after the draft, or with many cores after those steps.
   */
  async begin(job: Job, options: Options, signal: AbortSignal, events: PipelineEvents): Promise<void> {
    const { kind, durationSeconds } = findEntry(job, 'source')!.output;
    const isLong = kind === 'video' && (durationSeconds ?? 0) > SHORT_SECONDS;
    if (!isLong || findEntry(job, 'soundtrack')) return;
    const { promise: isShared, resolve } = Promise.withResolvers<void>();
    const left = new Set(SHARED);
    const making = this.make(job, options, signal, {
      onProgress: (step, fraction) => left.has(step) && events.onProgress(step, fraction),
      onEntry: (entry, isNew) => {
        if (!left.delete(entry.step)) return;
        events.onEntry(entry, isNew);
        if (left.size === 0) resolve();
      },
    });
    await (navigator.hardwareConcurrency < MANY_CORES ? making : Promise.race([making, isShared]));
  }

  /** Makes a draft of any film. Never fails. */
  async make(job: Job, options: Options, signal: AbortSignal, events: PipelineEvents): Promise<void> {
    const own = new AbortController();
    this.#run = own;
    const blind = withOptions(withOptions(options, 'watch', { budgetSeconds: 0 }), 'objects', {
      model: null,
    });
    const isByNetwork = options.all.scenes.detector === 'network';
    const quick = isByNetwork ? withOptions(blind, 'scenes', { detector: 'auto' }) : blind;
    const both = AbortSignal.any([signal, own.signal]);
    try {
      const made = await runPipeline(STEPS, job, quick, AUTOMATIC, both, events, AUTOMATIC);
      if (this.#run === own) this.soundtrack = findEntry(made, 'soundtrack') ?? null;
    } catch {
      // The run that makes the take reports it.
    }
  }

  /** Stops making it, since the take is being made now. What is made stays until then. */
  stop(): void {
    this.#run?.abort(new DOMException('The take is being made.', 'AbortError'));
    this.#run = null;
  }

  /** The take is there, or another project is open. */
  forget(): void {
    this.stop();
    this.soundtrack = null;
  }
}
