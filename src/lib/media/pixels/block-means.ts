/** Means of a plane over a grid of `columns` × `rows` blocks, row by row: a thumbnail without noise. */
export function blockMeans(
  plane: Float32Array,
  width: number,
  height: number,
  columns: number,
  rows: number,
): Float32Array {
  const sums = new Float64Array(columns * rows);
  const counts = new Uint32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height);
    for (let x = 0; x < width; x++) {
      const block = row * columns + Math.floor((x * columns) / width);
      sums[block]! += plane[y * width + x]!;
      counts[block]!++;
    }
  }
  // In a picture smaller than the grid some blocks have no pixels: they take the nearest one.
  return Float32Array.from(sums, (sum, block) => {
    if (counts[block]) return sum / counts[block];
    const x = Math.min(width - 1, Math.floor((((block % columns) + 0.5) * width) / columns));
    const y = Math.min(height - 1, Math.floor(((Math.floor(block / columns) + 0.5) * height) / rows));
    return plane[y * width + x]!;
  });
}
