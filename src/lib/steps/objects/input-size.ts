/** A size in pixels, of a picture or of the graph's input. */
export interface InputSize {
  width: number;
  height: number;
}
