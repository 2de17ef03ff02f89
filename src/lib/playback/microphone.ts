import { Pcm16Encoder } from '#lib/media/audio/pcm16.ts';
import { wavHeader } from '#lib/media/audio/wav.ts';
import type { RecordedBlock } from './recorder.worklet.ts';
import recorderUrl from './recorder.worklet.ts?worker&url';

/** Assumed where the browser does not tell how late the microphone is. */
const USUAL_LATENCY_SECONDS = 0.02;

/**
 * Records the microphone, as it is: no noise suppression and no automatic level. Everything since it was opened is kept, as
 * 16-bit mono. The caller has to dispose it.
 */
export class Microphone implements Disposable {
  /** @throws DOMException NotAllowedError or NotFoundError, as getUserMedia. */
  static async open(): Promise<Microphone> {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    const context = new AudioContext({ latencyHint: 'interactive' });
    try {
      await context.audioWorklet.addModule(recorderUrl);
      await context.resume();
      return new Microphone(context, stream);
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      void context.close();
      throw error;
    }
  }

  /** The largest magnitude of the last 40 ms, 0 … 1. */
  peak = 0;

  readonly #context: AudioContext;
  readonly #stream: MediaStream;
  readonly #latencySeconds: number;
  readonly #encoder = new Pcm16Encoder();
  #blocks: { frame: number; pcm: Int16Array<ArrayBuffer> }[] = [];

  private constructor(context: AudioContext, stream: MediaStream) {
    this.#context = context;
    this.#stream = stream;
    const settings = stream.getAudioTracks()[0]?.getSettings() as { latency?: number } | undefined;
    this.#latencySeconds = settings?.latency ?? USUAL_LATENCY_SECONDS;
    const recorder = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0 });
    recorder.port.onmessage = ({ data }: MessageEvent<RecordedBlock>) => this.#add(data);
    new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(recorder);
  }

  /** The present time of its clock, seconds. */
  get seconds(): number {
    return this.#context.currentTime;
  }

  /**
   * What was said from a time of its clock on, as a WAV file; the latency of the input is taken off. null: nothing has
   * arrived since then.
   */
  since(seconds: number): Blob | null {
    const { sampleRate } = this.#context;
    const first = Math.max(0, Math.round((seconds + this.#latencySeconds) * sampleRate));
    const pieces = this.#blocks.flatMap(({ frame, pcm }) => {
      const piece = pcm.subarray(Math.min(pcm.length, Math.max(0, first - frame)));
      return piece.length > 0 ? [piece] : [];
    });
    const frames = pieces.reduce((sum, { length }) => sum + length, 0);
    if (frames === 0) return null;
    const header = wavHeader(frames, sampleRate, 1) as Uint8Array<ArrayBuffer>;
    return new Blob([header, ...pieces], { type: 'audio/wav' });
  }

  /** Forgets what was recorded so far. */
  forget(): void {
    this.#blocks = [];
  }

  [Symbol.dispose](): void {
    for (const track of this.#stream.getTracks()) track.stop();
    void this.#context.close();
  }

  #add({ frame, samples }: RecordedBlock): void {
    this.peak = samples.reduce((largest, sample) => Math.max(largest, Math.abs(sample)), 0);
    const both = new Int16Array(2 * samples.length);
    this.#encoder.encode(samples, samples, 0, samples.length, both);
    this.#blocks.push({ frame, pcm: both.filter((_, index) => index % 2 === 0) });
  }
}
