/** A piece of a stereo stream at 48 kHz; both channels have the same length. */
export interface StereoChunk {
  left: Float32Array;
  right: Float32Array;
}
