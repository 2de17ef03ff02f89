import { decodeScaled } from '#lib/ffmpeg/scaled-pictures.ts';
import { BLOCKS, COLUMNS, emptyGrid, ROWS, type PictureGrid } from '#lib/media/watch/picture-grid.ts';
import type { Watcher } from '#lib/media/watch/watcher.ts';
import { Coverage, type WatchPlan } from './watch-plan.ts';

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
  const grid = emptyGrid();
  const wanted = {
    scale: `scale=${COLUMNS}:${ROWS}:flags=area`,
    format: 'yuv420p',
    bytes: PICTURE_BYTES,
    seconds: plan.endSeconds - plan.startSeconds,
  };
  await decodeScaled(
    file,
    wanted,
    {
      see(atSeconds, picture) {
        readGrid(picture, grid);
        watcher.add(atSeconds, grid);
      },
      onDecoded: (atSeconds) => onProgress(coverage.fractionAt(atSeconds)),
      onPiece(from, to) {
        coverage.note(plan.startSeconds + from, plan.startSeconds + to);
        return !coverage.isOver;
      },
    },
    signal,
  );
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
