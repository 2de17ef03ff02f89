/** A size in pixels: of a picture, or of what the graph sees. */
export interface InputSize {
  width: number;
  height: number;
}
