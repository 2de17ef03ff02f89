import type { BlobName } from '#lib/job/blob-name.ts';
import type { ScenesOptions } from '#lib/job/entries/scenes.ts';
import { inputOf, type Job } from '#lib/job/job.ts';

/** What the network said about a film, and what that depends on. */
export interface KnownScores {
  source: BlobName;
  device: ScenesOptions['device'];
  /** Of the network's weights. */
  revision: string;
  scores: BlobName;
  why: string;
}

/** What the network said last in a document: with other boundaries or another sensitivity it would say the same. */
export function scoredIn(job: Job): KnownScores | null {
  for (const entry of job.entries.toReversed()) {
    if (entry.step !== 'scenes') continue;
    const { scores, why = '' } = entry.output;
    const [weights] = entry.maker.weights;
    const source = inputOf(job, entry, 'source');
    if (!scores || !weights || !source) continue;
    const { device } = entry.options;
    return { source: source.output.blob, device, revision: weights.revision, scores, why };
  }
  return null;
}
