import { FfmpegError, FfmpegProgram } from '#lib/ffmpeg/ffmpeg-program.ts';
import { probeInput } from '#lib/ffmpeg/probe-with-ffmpeg.ts';
import { openContainer } from '#lib/media/container/open-container.ts';

/** Where the sound of a file lies on its clock, seconds. */
export interface SoundSpan {
  startSeconds: number;
  durationSeconds: number;
}

const FILE = 'file';
/** Aborting terminates this worker and ffmpeg with it, so no signal is needed here. */
const { signal } = new AbortController();

/** The span of a file's first sound track: `none` when it has no sound, null when nothing can read the file. */
export async function soundSpan(file: Blob): Promise<SoundSpan | 'none' | null> {
  return (await containerSpan(file)) ?? (await probedSpan(file));
}

async function containerSpan(file: Blob): Promise<SoundSpan | 'none' | null> {
  using input = openContainer(file);
  try {
    if (!(await input.canRead())) return null;
    const track = await input.getPrimaryAudioTrack();
    if (!track) return 'none';
    const startSeconds = Math.max(0, await track.getFirstTimestamp());
    return { startSeconds, durationSeconds: (await track.computeDuration()) - startSeconds };
  } catch {
    return null;
  }
}

async function probedSpan(file: Blob): Promise<SoundSpan | 'none' | null> {
  try {
    using program = await FfmpegProgram.open(new Map([[FILE, file]]), signal);
    const { streams, durationSeconds } = await probeInput(program, FILE);
    const sound = streams.find(({ type }) => type === 'audio');
    if (!sound) return streams.length > 0 ? 'none' : null;
    const length = sound.durationSeconds ?? durationSeconds;
    return length ? { startSeconds: Math.max(0, sound.startSeconds), durationSeconds: length } : null;
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    return null;
  }
}
