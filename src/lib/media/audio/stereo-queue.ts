/** Both channels of a stretch of sound, equally long. */
export interface Stereo {
  left: Float32Array;
  right: Float32Array;
}

/** Stereo sound that waits to be worked on: appended behind, dropped in front, contiguous in memory. */
export class StereoQueue {
  left: Float32Array;
  right: Float32Array;
  /** How many frames of `left` and `right` count. */
  filled: number;

  /** @param silence Frames of silence that stand in front of everything. */
  constructor(silence: number) {
    this.left = new Float32Array(silence);
    this.right = new Float32Array(silence);
    this.filled = silence;
  }

  /** Appends a stretch, multiplied by `gain`. */
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

  /** Forgets the first frames. */
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
