import type { SourceAudioOutput } from '#lib/job/entries/source-audio.ts';
import { ACTIVITY_STEP_SECONDS, ForegroundMeter } from '#lib/media/audio/foreground.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { StemWriter } from '#lib/worker/stem-writer.ts';
import { decodeWithFfmpeg } from './decode-with-ffmpeg.ts';
import { decodeWithWebCodecs } from './decode-with-webcodecs.ts';
import { noSourceAudio, type Decode, type SourceAudioRequest } from './finding.ts';
import { SoundTimeline } from './sound-timeline.ts';

/**
 * Decodes the sound of a video to a stem, with the browser's decoders or else with ffmpeg. It returns an output for any
 * file. Works only in a dedicated worker.
 * @throws StorageFullError when the device is full.
 */
export async function readSourceAudio(
  request: SourceAudioRequest,
  onProgress: (fraction: number) => void,
): Promise<SourceAudioOutput> {
  const fast = await writeStem(request, 'webcodecs', decodeWithWebCodecs, onProgress);
  if (fast.readBy !== 'nothing') return fast;
  const slow = await writeStem(request, 'ffmpeg', decodeWithFfmpeg, onProgress);
  return { ...slow, why: `${fast.why} ${slow.why}`.trim() };
}

async function writeStem(
  request: SourceAudioRequest,
  readBy: SourceAudioOutput['readBy'],
  decode: Decode,
  onProgress: (fraction: number) => void,
): Promise<SourceAudioOutput> {
  const samples = Math.round(request.durationSeconds * SAMPLE_RATE);
  const writer = await StemWriter.open(samples);
  const foreground = new ForegroundMeter(SAMPLE_RATE);
  const timeline = new SoundTimeline(request.startSeconds, samples, (left, right) => {
    writer.write(left, right);
    foreground.add(left, right);
  });
  try {
    const { is, why } = await decode(request, timeline, onProgress);
    if (is === 'unreadable') return noSourceAudio(why);
    if (is === 'silent') return noSourceAudio(why, readBy);
    timeline.finish();
    if (writer.loudnessLufs === null)
      return noSourceAudio(`The sound track is silent. ${why}`.trim(), readBy);
    const stem = await writer.close();
    return { stem, activity: foreground.activity(), stepSeconds: ACTIVITY_STEP_SECONDS, readBy, why };
  } finally {
    await writer.discard();
  }
}
