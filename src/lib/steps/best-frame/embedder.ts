/** Maps a picture to a point of a space in which similar pictures are near each other. */
export interface Embedder {
  /** Part of the output, so it has to change when the latents do. */
  readonly name: string;
  /**
   * The latent of a picture: always of the same length, compared by Euclidean distance.
   * @param pixels sRGB, four bytes per pixel, `width` × `height`.
   */
  embed(pixels: Uint8ClampedArray, width: number, height: number): Float32Array | Promise<Float32Array>;
}
