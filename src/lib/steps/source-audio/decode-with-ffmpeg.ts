import { FfmpegError, FfmpegProgram, inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import { probeInput } from '#lib/ffmpeg/probe-with-ffmpeg.ts';
import { readWavHeader, decodeWavSamples } from '#lib/media/audio/wav.ts';
import type { Decode, Finding, SourceAudioRequest } from './finding.ts';
import type { SoundTimeline } from './sound-timeline.ts';

/** A piece of 48 kHz and this length takes 12 MB in stereo and 46 MB in 7.1. */
const PIECE_SECONDS = 60;
const FILE = 'file';
const PIECE = 'piece.wav';

/** Aborting terminates this worker and ffmpeg with it, so no signal is needed here. */
const { signal } = new AbortController();

/** Decodes the first audio track that ffmpeg can decode, a minute at a time. Loads 32 MB: try the browser first. */
export const decodeWithFfmpeg: Decode = async (request, timeline, onProgress) => {
  try {
    using program = await FfmpegProgram.open(new Map([[FILE, request.file]]), signal);
    return await decode(program, request, timeline, onProgress);
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    return { is: 'unreadable', why: error.message };
  }
};

async function decode(
  program: FfmpegProgram,
  { startSeconds, durationSeconds }: SourceAudioRequest,
  timeline: SoundTimeline,
  onProgress: (fraction: number) => void,
): Promise<Finding> {
  const { streams } = await probeInput(program, FILE);
  const track = streams.find(({ type, codec }) => type === 'audio' && codec !== null);
  if (!track) return { is: 'unreadable', why: 'ffmpeg has no decoder for the sound either.' };
  const end = startSeconds + durationSeconds;
  for (let from = startSeconds; from < end && !timeline.isFull; from += PIECE_SECONDS) {
    const { outputs } = await program.run(
      [
        ...['-ss', `${from}`, '-t', `${Math.min(PIECE_SECONDS, end - from)}`, '-i', inputPath(FILE)],
        // Missing sound becomes silence, so that every piece starts at the right time. Sample rate and channels are not
        // converted here: with conversion piece by piece there would be a seam between pieces.
        ...['-map', `0:${track.index}`, '-af', 'aresample=async=1:first_pts=0'],
        ...['-c:a', 'pcm_s16le', '-f', 'wav', PIECE],
      ],
      [PIECE],
    );
    const piece = outputs.get(PIECE);
    if (piece) lay(piece, from, timeline);
    onProgress(timeline.fraction);
  }
  if (timeline.isEmpty)
    return { is: 'silent', why: 'The sound track has nothing to hear while there are pictures.' };
  return { is: 'sound', why: '' };
}

function lay(wav: Uint8Array<ArrayBuffer>, atSeconds: number, timeline: SoundTimeline): void {
  const layout = readWavHeader(wav, wav.length);
  const samples = wav.slice(layout.start, layout.start + layout.frames * layout.frameBytes);
  timeline.add(decodeWavSamples(samples.buffer, layout), layout.sampleRate, atSeconds);
}
