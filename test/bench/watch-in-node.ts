import { execFileSync } from 'node:child_process';
import { emptyGrid, BLOCKS, COLUMNS, ROWS } from '../../src/lib/media/watch/picture-grid.ts';
import type { Watched } from '../../src/lib/media/watch/watched.ts';
import { Watcher } from '../../src/lib/media/watch/watcher.ts';

/** Samples of luma along each side of a block, as the app reads. */
const SAMPLES = 3;
const [WIDTH, HEIGHT] = [SAMPLES * COLUMNS, SAMPLES * ROWS];

/** Watches a span of a clip in grey; ffmpeg decodes it. Times count from the beginning of the file. */
export function watchInNode(path: string, startSeconds: number, endSeconds: number): Watched {
  const span = ['-ss', String(startSeconds), '-i', path, '-t', String(endSeconds - startSeconds)];
  const scale = ['-vf', `scale=${WIDTH}:${HEIGHT}:flags=neighbor,format=gray`, '-f', 'rawvideo', '-'];
  const pixels = execFileSync('ffmpeg', ['-v', 'error', ...span, ...scale], { maxBuffer: 1 << 30 });
  const rate = pictureRate(path);
  const watcher = new Watcher();
  for (let index = 0; (index + 1) * WIDTH * HEIGHT <= pixels.length; index++) {
    const grid = emptyGrid();
    grid.blue.fill(128);
    grid.red.fill(128);
    const picture = pixels.subarray(index * WIDTH * HEIGHT);
    for (let block = 0; block < BLOCKS; block++) grid.luma[block] = lumaOf(picture, block);
    watcher.add(startSeconds + index / rate, grid);
  }
  return watcher.finish([]);
}

function lumaOf(picture: Uint8Array, block: number): number {
  const corner = SAMPLES * (Math.floor(block / COLUMNS) * WIDTH + (block % COLUMNS));
  let sum = 0;
  for (let at = 0; at < SAMPLES ** 2; at++)
    sum += picture[corner + Math.floor(at / SAMPLES) * WIDTH + (at % SAMPLES)]!;
  return Math.round(sum / SAMPLES ** 2);
}

/** Pictures per second. */
function pictureRate(path: string): number {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=avg_frame_rate'];
  const [pictures, seconds] = execFileSync('ffprobe', [...args, '-of', 'csv=p=0', path])
    .toString()
    .split('/');
  return Number(pictures) / Number.parseFloat(seconds ?? '1');
}
