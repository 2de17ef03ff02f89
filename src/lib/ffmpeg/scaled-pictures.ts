import { FfmpegProgram, inputPath } from './ffmpeg-program.ts';

const FILE = 'file';
const RAW = 'pictures';
/** Length of a piece: its pictures are held in memory. */
const PIECE_SECONDS = 60;
/** Pieces overlap, since not every container can be sought to the very picture. */
const OVERLAP_SECONDS = 0.5;

/** The pictures of a video as they are wanted. */
export interface WantedPictures {
  /** The filter that scales them, and their pixel format, both as ffmpeg names them. */
  scale: string;
  format: string;
  /** Bytes of each one then. */
  bytes: number;
  /** The length of the video. */
  seconds: number;
}

/** What is done with the pictures. */
interface PictureHandlers {
  /** A picture; the bytes are valid as long as this runs. Where pieces overlap, pictures come twice. */
  see: (atSeconds: number, picture: Uint8Array) => void | Promise<void>;
  /** A picture was decoded, and will be seen with the others of its piece. */
  onDecoded?: (atSeconds: number) => void;
  /** A piece is done, seconds from the beginning. @returns Whether to go on. */
  onPiece?: (from: number, to: number) => boolean;
}

/**
 * Decodes and scales every picture of a video with ffmpeg, upright, piece by piece: for codecs that the browser doesn't
 * support.
 * @throws FfmpegError when ffmpeg can't decode the file.
 */
export async function decodeScaled(
  file: Blob,
  { scale, format, bytes, seconds }: WantedPictures,
  { see, onDecoded, onPiece }: PictureHandlers,
  signal: AbortSignal,
): Promise<void> {
  using program = await FfmpegProgram.open(new Map([[FILE, file]]), signal);
  for (let from = 0; from < seconds; from += PIECE_SECONDS) {
    const begin = Math.max(0, from - OVERLAP_SECONDS);
    const piece = Math.min(PIECE_SECONDS, seconds - from) + from - begin + OVERLAP_SECONDS;
    const times: number[] = [];
    const { outputs } = await program.run(
      [
        ...(begin > 0 ? ['-ss', String(begin)] : []),
        ...(seconds > PIECE_SECONDS ? ['-t', String(piece)] : []),
        ...['-copyts', '-i', inputPath(FILE), '-map', '0:V:0'],
        ...['-vf', `${scale},format=${format},showinfo`],
        ...['-vsync', 'passthrough', '-f', 'rawvideo', RAW],
      ],
      [RAW],
      {
        onLog(line) {
          const time = /pts_time:\s*(-?[\d.]+)/.exec(line)?.[1];
          if (time === undefined) return;
          times.push(Number(time));
          onDecoded?.(times.at(-1)!);
        },
      },
    );
    const raw = outputs.get(RAW) ?? new Uint8Array();
    for (let at = 0; (at + 1) * bytes <= raw.length && at < times.length; at++) {
      await see(times[at]!, raw.subarray(at * bytes, (at + 1) * bytes));
    }
    if (onPiece?.(from, from + PIECE_SECONDS) === false) return;
  }
}
