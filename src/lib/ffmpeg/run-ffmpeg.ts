import { FfmpegProgram, type FfmpegEvents, type FfmpegResult } from './ffmpeg-program.ts';

/** One run of ffmpeg. */
export interface FfmpegRequest extends FfmpegEvents {
  /** Arguments; inputs are named by `inputPath(name)`, outputs by plain names. */
  args: string[];
  /** Files that ffmpeg may read, by name. They are read piece by piece, never copied into memory. */
  inputs: ReadonlyMap<string, Blob>;
  /** Names of the outputs to return. They are held in memory: make long ones in pieces (`-ss` and `-t`). */
  outputs: readonly string[];
  signal: AbortSignal;
}

/**
 * Loads ffmpeg, runs it once and terminates it. For several runs on the same inputs open an `FfmpegProgram`.
 * @throws FfmpegError when it can't be loaded or exits with an error.
 */
export async function runFfmpeg(request: FfmpegRequest): Promise<FfmpegResult> {
  using program = await FfmpegProgram.open(request.inputs, request.signal);
  return await program.run(request.args, request.outputs, request);
}
