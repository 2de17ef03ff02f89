import type { VideoSample, VideoSampleSink } from 'mediabunny';

/** What is done with the pictures of a video. */
interface SampleHandlers {
  /**
   * Uses a picture and closes it. @param isApart Whether pictures before it were left out.
   * @returns Whether to go on.
   */
  see: (sample: VideoSample, isApart: boolean) => Promise<boolean>;
  /** A stretch was decoded; null is the end of the video. */
  onStretch?: (from: number, to: number | null) => void;
  /** A place can't be decoded. @returns Whether to go on behind it. */
  onDamage: (error: Error) => boolean;
}

/**
 * Decodes a video picture by picture. A damaged place costs the pictures up to the next key frame.
 * @param keyAfter The first key frame after a time, seconds; null when none is known.
 * @returns The key frame to go on with when `see` has stopped, else null.
 */
export async function everySample(
  sink: VideoSampleSink,
  keyAfter: (seconds: number) => number | null,
  { see, onStretch, onDamage }: SampleHandlers,
): Promise<number | null> {
  let from: number | null = -Infinity;
  while (from !== null) {
    const begin: number = from;
    let last = begin;
    let isApart = begin !== -Infinity;
    try {
      for await (const sample of sink.samples(begin)) {
        const { timestamp } = sample;
        const goesOn = await see(sample, isApart);
        last = timestamp;
        isApart = false;
        if (!goesOn) {
          onStretch?.(begin, last);
          return keyAfter(last);
        }
      }
      onStretch?.(begin, null);
      return null;
    } catch (error) {
      onStretch?.(begin, last);
      from = onDamage(error as Error) ? keyAfter(last) : null;
    }
  }
  return null;
}
