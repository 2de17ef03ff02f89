import { FfmpegProgram, inputPath } from './ffmpeg-program.ts';
import { readProbe, type ProbedFile } from './read-probe.ts';

/**
 * What ffprobe finds in a file. Slow, since it loads ffmpeg: try faster readers first.
 * @throws FfmpegError when ffmpeg can't read the file.
 */
export async function probeWithFfmpeg(file: Blob, signal: AbortSignal): Promise<ProbedFile> {
  using program = await FfmpegProgram.open(new Map([['file', file]]), signal);
  return await probeInput(program, 'file');
}

/** The same with a program that is open already, for one of its inputs. */
export async function probeInput(program: FfmpegProgram, name: string): Promise<ProbedFile> {
  const answer = await program.probe(['-show_format', '-show_streams', inputPath(name)]);
  return readProbe(answer);
}
