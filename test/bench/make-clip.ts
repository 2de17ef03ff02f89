import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where clips for measuring lie until the system clears them away. */
export const BENCH_FOLDER = join(tmpdir(), 'immersivaudio-bench');

/**
 * A clip of noisy, moving pictures (1280×720 H.264, 30 per second, a key frame every 250): hard to decode.
 * Clips longer than a minute repeat the packets of that of 60 s. Needs ffmpeg; made once.
 */
export function makeClip(seconds: number): string {
  mkdirSync(BENCH_FOLDER, { recursive: true });
  const path = join(BENCH_FOLDER, `clip-${seconds}.mp4`);
  if (existsSync(path)) return path;
  if (seconds > 60) {
    const loops = String(Math.ceil(seconds / 60) - 1);
    runFfmpeg('-stream_loop', loops, '-i', makeClip(60), '-t', String(seconds), '-c', 'copy', path);
    return path;
  }
  const picture = `testsrc2=size=1280x720:rate=30:duration=${seconds},noise=alls=16:allf=t`;
  runFfmpeg(
    ...['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', `sine=f=300:d=${seconds}`, '-shortest'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '4M', '-g', '250', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', path],
  );
  return path;
}

/** Runs native ffmpeg to its end. */
export function runFfmpeg(...args: string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
}
