import { expect, test } from 'vitest';
import { openSource } from '#lib/pipeline/open-source.ts';
import { makeMovingPoster } from '#lib/state/moving-poster.ts';
import { fetchSample } from '../../fixtures/open-app.ts';

const { signal } = new AbortController();

/** Decodes an animation with the browser. */
async function decode(picture: Blob) {
  const decoder = new ImageDecoder({ type: picture.type, data: picture.stream() });
  await decoder.completed;
  const { frameCount, repetitionCount } = decoder.tracks.selectedTrack!;
  const frames = [];
  for (let frameIndex = 0; frameIndex < frameCount; frameIndex++)
    frames.push((await decoder.decode({ frameIndex })).image);
  return { frames, repetitionCount };
}

test('the moving poster of a video is a small WebP that moves and repeats', { timeout: 60_000 }, async () => {
  const source = await openSource(await fetchSample(), { signal, onProgress: () => undefined });
  const reports: number[] = [];
  const poster = await makeMovingPoster(source.output, 6, signal, (fraction) => reports.push(fraction));
  expect(poster.type).toBe('image/webp');
  expect(poster.size).toBeLessThanOrEqual(2_000_000);
  const { frames, repetitionCount } = await decode(poster);
  expect(frames).toHaveLength(20);
  expect(repetitionCount).toBe(Infinity);
  expect(frames[0]!.displayWidth).toBe(480);
  expect(frames[0]!.duration).toBe(125_000);
  const pixels = async (frame: VideoFrame) => {
    const bytes = new Uint8Array(frame.allocationSize({ format: 'RGBA' }));
    await frame.copyTo(bytes, { format: 'RGBA' });
    return bytes;
  };
  expect(await pixels(frames[0]!)).not.toEqual(await pixels(frames[10]!));
  for (const frame of frames) frame.close();
  expect(reports.at(-1)).toBe(1);
});
