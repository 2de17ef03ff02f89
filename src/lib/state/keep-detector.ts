import { BUILT_IN_DETECTOR } from '#lib/job/entries/objects.ts';
import { defaultOptions } from '#lib/job/options.ts';
import { keepBuiltIn } from '#lib/models/obtain.ts';
import { objectsStep } from '#lib/steps/objects/objects.ts';
import type { Models } from './models.svelte.ts';

/** After this time it is seen whether the job is still running. */
const BUSY_MILLISECONDS = 1000;

/** What browsers tell of a connection, where they do. */
interface Connection {
  saveData?: boolean;
}

/**
 * Has the detector of the app kept for use without a network, and opened for the first file, once the app itself is kept
 * and the page is idle. It waits for its first use when the user wants to save data, or uses another detector.
 * @param isBusy Whether a job is running, which needs the processor more.
 * @returns A function that stops it.
 */
export function keepDetector(models: Models, isBusy: () => boolean): () => void {
  const stop = new AbortController();
  const { connection, serviceWorker } = navigator as Navigator & { connection?: Connection };
  if (!serviceWorker || connection?.saveData) return () => undefined;
  void serviceWorker.ready
    .then(() => idle())
    .then(async () => {
      while (isBusy()) await new Promise((resolve) => setTimeout(resolve, BUSY_MILLISECONDS));
      if (models.rows.length === 0) await models.refresh();
      if (!stop.signal.aborted && models.detectorId === BUILT_IN_DETECTOR) {
        await keepBuiltIn(BUILT_IN_DETECTOR, stop.signal);
        objectsStep.prepare?.(defaultOptions().all.objects, stop.signal);
      }
    })
    // Then it comes at its first use, which tells of failures.
    .catch(() => undefined);
  return () => stop.abort();
}

/** Safari has no such callback: there a moment has to do. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve());
    else setTimeout(resolve, 2000);
  });
}
