/** The global scope of an audio worklet, as far as it is used here. */
declare const currentFrame: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** What a recorder sends: mono samples, and the frame of the context at which they begin. */
export interface RecordedBlock {
  frame: number;
  samples: Float32Array;
}

/** Frames that are sent at once: about 40 ms. */
const BLOCK_FRAMES = 2048;

/** Sends what comes in, as mono. */
class Recorder extends AudioWorkletProcessor {
  #samples = new Float32Array(BLOCK_FRAMES);
  #filled = 0;
  #frame = 0;

  process([channels = []]: readonly (readonly Float32Array[])[]): boolean {
    const frames = channels[0]?.length ?? 0;
    if (frames === 0) return true;
    if (this.#filled === 0) this.#frame = currentFrame;
    for (let index = 0; index < frames; index++) {
      let sum = 0;
      for (const channel of channels) sum += channel[index]!;
      this.#samples[this.#filled + index] = sum / channels.length;
    }
    this.#filled += frames;
    if (this.#filled + frames > BLOCK_FRAMES) this.#send();
    return true;
  }

  #send(): void {
    const samples = this.#samples.slice(0, this.#filled);
    this.port.postMessage({ frame: this.#frame, samples } satisfies RecordedBlock, [samples.buffer]);
    this.#filled = 0;
  }
}

registerProcessor('recorder', Recorder);
