import type { Watched } from '../watch/watched.ts';

/** A place at a time, in widths and heights of the picture. */
interface PointAt {
  atSeconds: number;
  x: number;
  y: number;
}

/** Slower than this the background seems to move only since much in front of it does, in picture sizes per second. */
const LEAST_SPEED = 0.024;

/** Where the background lies at each look, relative to the beginning: the shifts of the whole picture, summed up. */
export function cameraPoints({ times, series, lookTimes }: Watched): PointAt[] {
  const points: PointAt[] = [];
  let [x, y, picture] = [0, 0, 0];
  for (const atSeconds of lookTimes) {
    let [shiftX, shiftY] = [0, 0];
    for (; picture < times.length && times[picture]! <= atSeconds; picture++) {
      shiftX += series.shiftX[picture]!;
      shiftY += series.shiftY[picture]!;
    }
    const seconds = atSeconds - (points.at(-1)?.atSeconds ?? atSeconds);
    if (Math.sqrt(shiftX ** 2 + shiftY ** 2) >= LEAST_SPEED * seconds) {
      x += shiftX;
      y += shiftY;
    }
    points.push({ atSeconds, x, y });
  }
  return points;
}
