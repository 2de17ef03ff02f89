import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Score } from '#lib/job/score.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { renderStem, cacheKeys } from '#lib/synth/render.ts';
import { StemWriter } from '#lib/worker/stem-writer.ts';
import { findStem, rememberStem, stemName } from './stem-cache.ts';
import { PartCache } from './part-cache.ts';

/**
 * Renders one stem of a score into the blob store, piece by piece. Works only in a dedicated worker. A cached stem is
 * reused; with `isEdited` its parts are cached too, so that the next edit renders only what it changes.
 */
export async function writeRendered(
  score: Score,
  part: 'music' | 'effects',
  isEdited: boolean,
  onProgress: (fraction: number) => void,
): Promise<Stem> {
  const name = await stemName(score, part);
  const known = await findStem(name);
  if (known) {
    onProgress(1);
    return known;
  }
  const samples = Math.round(score.durationSeconds * SAMPLE_RATE);
  const cache = isEdited
    ? await PartCache.open(part, cacheKeys(score, part), score.durationSeconds)
    : undefined;
  const writer = await StemWriter.open(samples);
  try {
    let written = 0;
    for (const { left, right } of renderStem(score, part, cache)) {
      writer.write(left, right);
      written += left.length;
      onProgress(written / samples);
    }
    cache?.complete();
    const stem = await writer.close();
    await rememberStem(name, stem);
    return stem;
  } finally {
    cache?.close();
    await writer.discard();
  }
}
