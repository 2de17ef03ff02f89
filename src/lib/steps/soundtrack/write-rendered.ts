import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Score } from '#lib/job/score.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { renderStem } from '#lib/synth/render.ts';
import { StemWriter } from '#lib/worker/stem-writer.ts';

/** Renders one stem of a score into the blob store, piece by piece. Works only in a dedicated worker. */
export async function writeRendered(
  score: Score,
  part: 'music' | 'effects',
  onProgress: (fraction: number) => void,
): Promise<Stem> {
  const samples = Math.round(score.durationSeconds * SAMPLE_RATE);
  const writer = await StemWriter.open(samples);
  try {
    let written = 0;
    for (const { left, right } of renderStem(score, part)) {
      writer.write(left, right);
      written += left.length;
      onProgress(written / samples);
    }
    return await writer.close();
  } finally {
    await writer.discard();
  }
}
