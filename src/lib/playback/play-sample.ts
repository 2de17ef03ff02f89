import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';

let context: AudioContext | null = null;

/** Plays a short sound, beside the player. @param volume 0 … 1. Resolves when it is over or stopped. */
export async function playSample(
  { left, right }: Stereo,
  volume: number,
  signal: AbortSignal,
): Promise<void> {
  context ??= new AudioContext({ sampleRate: SAMPLE_RATE });
  await context.resume();
  if (signal.aborted) return;
  const buffer = new AudioBuffer({ numberOfChannels: 2, length: left.length, sampleRate: SAMPLE_RATE });
  buffer.copyToChannel(left as Float32Array<ArrayBuffer>, 0);
  buffer.copyToChannel(right as Float32Array<ArrayBuffer>, 1);
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(new GainNode(context, { gain: volume })).connect(context.destination);
  const isOver = new Promise<void>((resolve) => source.addEventListener('ended', () => resolve()));
  signal.addEventListener('abort', () => source.stop());
  source.start();
  await isOver;
}
