import type { OriginalOutput } from '#lib/job/entries/original.ts';
import { ACTIVITY_STEP_SECONDS, ForegroundMeter } from '#lib/media/audio/foreground.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { StemWriter } from '#lib/worker/stem-writer.ts';
import { decodeWithFfmpeg } from './decode-with-ffmpeg.ts';
import { decodeWithWebCodecs } from './decode-with-web-codecs.ts';
import type { Decode, OriginalRequest } from './finding.ts';
import { noOriginal } from './no-original.ts';
import { SoundTimeline } from './sound-timeline.ts';

/**
 * Decodes the sound of a video into a stem, with the browser's decoders or else with ffmpeg. Whatever the file is
 * like, this gives an entry. Works only in a dedicated worker.
 * @throws StorageFullError when the device is full.
 */
export async function readOriginal(
  request: OriginalRequest,
  onProgress: (fraction: number) => void,
): Promise<OriginalOutput> {
  const fast = await writeStem(request, 'webcodecs', decodeWithWebCodecs, onProgress);
  if (fast.readBy !== 'nothing') return fast;
  const slow = await writeStem(request, 'ffmpeg', decodeWithFfmpeg, onProgress);
  return { ...slow, why: `${fast.why} ${slow.why}`.trim() };
}

async function writeStem(
  request: OriginalRequest,
  readBy: OriginalOutput['readBy'],
  decode: Decode,
  onProgress: (fraction: number) => void,
): Promise<OriginalOutput> {
  const samples = Math.round(request.durationSeconds * SAMPLE_RATE);
  const writer = await StemWriter.open(samples);
  const foreground = new ForegroundMeter(SAMPLE_RATE);
  const timeline = new SoundTimeline(request.startSeconds, samples, (left, right) => {
    writer.write(left, right);
    foreground.add(left, right);
  });
  try {
    const { is, why } = await decode(request, timeline, onProgress);
    if (is === 'unreadable') return noOriginal(why);
    if (is === 'silent') return noOriginal(why, readBy);
    timeline.finish();
    if (writer.loudnessLufs === null) return noOriginal(`The sound track is silent. ${why}`.trim(), readBy);
    const stem = await writer.close();
    return { stem, activity: foreground.activity(), stepSeconds: ACTIVITY_STEP_SECONDS, readBy, why };
  } finally {
    await writer.discard();
  }
}
