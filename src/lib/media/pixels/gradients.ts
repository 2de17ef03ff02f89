/** The gradient of a plane at every pixel, in units of the plane per pixel, rightwards (x) and downwards (y). */
export interface Gradients {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly magnitude: Float32Array;
}

/** Gradients by the 3×3 Sobel operator (Sobel & Feldman 1968) divided by 8, with replicated borders. */
export function sobel(plane: Float32Array, width: number, height: number): Gradients {
  const x = new Float32Array(plane.length);
  const y = new Float32Array(plane.length);
  const magnitude = new Float32Array(plane.length);
  for (let row = 0; row < height; row++) {
    const above = Math.max(0, row - 1) * width;
    const here = row * width;
    const below = Math.min(height - 1, row + 1) * width;
    for (let column = 0; column < width; column++) {
      const left = Math.max(0, column - 1);
      const right = Math.min(width - 1, column + 1);
      const topLeft = plane[above + left]!;
      const topRight = plane[above + right]!;
      const bottomLeft = plane[below + left]!;
      const bottomRight = plane[below + right]!;
      const across =
        topRight - topLeft + 2 * (plane[here + right]! - plane[here + left]!) + bottomRight - bottomLeft;
      const down =
        bottomLeft - topLeft + 2 * (plane[below + column]! - plane[above + column]!) + bottomRight - topRight;
      const i = here + column;
      x[i] = across / 8;
      y[i] = down / 8;
      magnitude[i] = Math.hypot(across, down) / 8;
    }
  }
  return { x, y, magnitude };
}
