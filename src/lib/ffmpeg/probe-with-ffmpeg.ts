import { FfmpegProgram, inputPath } from './ffmpeg-program.ts';
import { readProbe, type ProbedFile } from './read-probe.ts';

/**
 * What ffmpeg makes of a file. Slow (it loads ffmpeg): ask faster readers first.
 * @throws FfmpegError when ffmpeg can't make anything of it.
 */
export async function probeWithFfmpeg(file: Blob, signal: AbortSignal): Promise<ProbedFile> {
  using program = await FfmpegProgram.open(new Map([['file', file]]), signal);
  return await probeInput(program, 'file');
}

/** The same in a program that is open already, for the input of that name. */
export async function probeInput(program: FfmpegProgram, name: string): Promise<ProbedFile> {
  const answer = await program.probe(['-show_format', '-show_streams', inputPath(name)]);
  return readProbe(answer);
}
