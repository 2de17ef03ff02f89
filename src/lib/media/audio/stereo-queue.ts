/** Two channels of the same length. */
export interface Stereo {
  left: Float32Array;
  right: Float32Array;
}

/** A queue of stereo frames, contiguous in memory: appended at the end, dropped at the front. */
export class StereoQueue {
  left: Float32Array;
  right: Float32Array;
  /** Frames of `left` and `right` that are in use. */
  filled: number;

  /** @param silence Frames of silence to begin with. */
  constructor(silence: number) {
    this.left = new Float32Array(silence);
    this.right = new Float32Array(silence);
    this.filled = silence;
  }

  /** Appends frames × a linear gain. */
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

  /** Removes frames at the front. */
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
