/** Turns a picture into a point of a space in which pictures that look alike lie near each other. */
export interface Embedder {
  /** Stands in the document, so it changes whenever the latents do. */
  readonly name: string;
  /**
   * The latent of one picture: always of the same length, to be compared by Euclidean distance.
   * @param pixels sRGB, four bytes per pixel, `width` × `height`.
   */
  embed(pixels: Uint8ClampedArray, width: number, height: number): Float32Array | Promise<Float32Array>;
}
