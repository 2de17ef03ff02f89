/** Two channels of equal length. */
export interface Stereo {
  left: Float32Array;
  right: Float32Array;
}

/** A queue of stereo sound, contiguous in memory. */
export class StereoQueue {
  left: Float32Array;
  right: Float32Array;
  /** Number of valid frames in `left` and `right`. */
  filled: number;

  /** @param silence Frames of silence at the beginning. */
  constructor(silence: number) {
    this.left = new Float32Array(silence);
    this.right = new Float32Array(silence);
    this.filled = silence;
  }

  /** Appends frames, multiplied by `gain`. */
  append(left: Float32Array, right: Float32Array, gain = 1): void {
    const filled = this.filled + left.length;
    if (filled > this.left.length) {
      this.left = enlarged(this.left, filled);
      this.right = enlarged(this.right, filled);
    }
    copyScaled(left, this.left, this.filled, gain);
    copyScaled(right, this.right, this.filled, gain);
    this.filled = filled;
  }

  /** Removes frames from the beginning. */
  drop(frames: number): void {
    this.left.copyWithin(0, frames, this.filled);
    this.right.copyWithin(0, frames, this.filled);
    this.filled -= frames;
  }
}

function copyScaled(source: Float32Array, target: Float32Array, at: number, gain: number): void {
  for (let index = 0; index < source.length; index++) target[at + index] = source[index]! * gain;
}

function enlarged(samples: Float32Array, frames: number): Float32Array {
  const larger = new Float32Array(frames);
  larger.set(samples);
  return larger;
}
