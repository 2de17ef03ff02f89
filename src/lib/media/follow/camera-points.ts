import type { Watched } from '../watch/watched.ts';

/** A place at a time, in widths and heights of the picture. */
interface PointAt {
  atSeconds: number;
  x: number;
  y: number;
}

/** Where the background lies at each look, relative to the beginning: the shifts of the whole picture, summed up. */
export function cameraPoints({ times, series, lookTimes }: Watched): PointAt[] {
  const points: PointAt[] = [];
  let [x, y, picture] = [0, 0, 0];
  for (const atSeconds of lookTimes) {
    for (; picture < times.length && times[picture]! <= atSeconds; picture++) {
      x += series.shiftX[picture]!;
      y += series.shiftY[picture]!;
    }
    points.push({ atSeconds, x, y });
  }
  return points;
}
