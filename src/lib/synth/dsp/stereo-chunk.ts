/** A piece of a stereo stream at 48 kHz; both sides have the same length. */
export interface StereoChunk {
  left: Float32Array;
  right: Float32Array;
}
