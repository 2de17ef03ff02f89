/** Means of the (2·radius + 1)² pixels around each pixel; at the border, of those that exist. */
export function boxMean(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = new Float32Array(plane.length);
  const means = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) slide(plane, rows, y * width, 1, width, radius);
  for (let x = 0; x < width; x++) slide(rows, means, x, width, height, radius);
  return means;
}

/** Moving mean along a line of `length` values with distance `step`. */
function slide(
  from: Float32Array,
  to: Float32Array,
  offset: number,
  step: number,
  length: number,
  radius: number,
): void {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < length + radius; at++) {
    if (at < length) {
      sum += from[offset + at * step]!;
      count++;
    }
    const leaving = at - 2 * radius - 1;
    if (leaving >= 0) {
      sum -= from[offset + leaving * step]!;
      count--;
    }
    const centre = at - radius;
    if (centre >= 0) to[offset + centre * step] = sum / count;
  }
}
