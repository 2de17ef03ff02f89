import { FfmpegProgram, inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import { BLOCKS, COLUMNS, emptyGrid, ROWS, type PictureGrid } from '#lib/media/watch/picture-grid.ts';
import type { Watcher } from '#lib/media/watch/watcher.ts';
import { Coverage, type WatchPlan } from './watch-plan.ts';

const FILE = 'file';
const RAW = 'pictures.yuv';
/** Length of a piece: its pictures, 3.4 kB each, are held in memory. */
const PIECE_SECONDS = 60;
/** Pieces overlap, since not every container can be sought to the very picture. */
const OVERLAP_SECONDS = 0.5;
const PICTURE_BYTES = BLOCKS * 1.5;

/**
 * Shows the pictures of a video to a watcher, decoded and scaled by ffmpeg: for codecs that the browser doesn't support. It
 * ends when the budget is used up.
 * @throws FfmpegError when ffmpeg can't decode the file.
 */
export async function watchWithFfmpeg(
  file: Blob,
  watcher: Watcher,
  plan: WatchPlan,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Coverage> {
  const coverage = new Coverage(plan);
  using program = await FfmpegProgram.open(new Map([[FILE, file]]), signal);
  const grid = emptyGrid();
  const length = plan.endSeconds - plan.startSeconds;
  for (let from = 0; from < length && !coverage.isOver; from += PIECE_SECONDS) {
    const begin = Math.max(0, from - OVERLAP_SECONDS);
    const piece = Math.min(PIECE_SECONDS, length - from) + from - begin + OVERLAP_SECONDS;
    const times: number[] = [];
    const { outputs } = await program.run(
      [
        ...(begin > 0 ? ['-ss', String(begin)] : []),
        ...(length > PIECE_SECONDS ? ['-t', String(piece)] : []),
        ...['-copyts', '-i', inputPath(FILE), '-map', '0:V:0'],
        ...['-vf', `scale=${COLUMNS}:${ROWS}:flags=area,format=yuv420p,showinfo`],
        ...['-vsync', 'passthrough', '-f', 'rawvideo', RAW],
      ],
      [RAW],
      {
        onLog(line) {
          const time = /pts_time:\s*(-?[\d.]+)/.exec(line)?.[1];
          if (time === undefined) return;
          times.push(Number(time));
          onProgress(coverage.fractionAt(times.at(-1)!));
        },
      },
    );
    const raw = outputs.get(RAW) ?? new Uint8Array();
    for (let at = 0; (at + 1) * PICTURE_BYTES <= raw.length && at < times.length; at++) {
      readGrid(raw.subarray(at * PICTURE_BYTES, (at + 1) * PICTURE_BYTES), grid);
      watcher.add(times[at]!, grid);
    }
    coverage.note(plan.startSeconds + from, plan.startSeconds + from + PIECE_SECONDS);
  }
  return coverage;
}

/** Reads a picture in yuv420p, whose chroma has half the columns and rows. */
function readGrid(picture: Uint8Array, grid: PictureGrid): void {
  grid.luma.set(picture.subarray(0, BLOCKS));
  for (let block = 0; block < BLOCKS; block++) {
    const at = (Math.floor(block / COLUMNS) >> 1) * (COLUMNS / 2) + ((block % COLUMNS) >> 1);
    grid.blue[block] = picture[BLOCKS + at]!;
    grid.red[block] = picture[BLOCKS * 1.25 + at]!;
  }
}
