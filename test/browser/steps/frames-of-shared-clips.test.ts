import { afterAll, expect, test } from 'vitest';
import { optionsByStep } from '#lib/job/options.ts';
import { readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import { framesStep } from '#lib/steps/frames/frames.ts';
import { frameCount } from '#lib/steps/frames/asked-times.ts';
import { readSource } from '#lib/steps/source/source.ts';
import { hasSharedMedia, sharedClips, sharedFile } from '../../fixtures/media/shared-media.ts';
import { framesInputs, outputOf, quiet } from '../../fixtures/media/step-context.ts';

const clips = await sharedClips();
const options = optionsByStep({}).all.frames;
afterAll(() => sweepBlobs(new Set()));

test.skipIf(!hasSharedMedia)('the shared clips are there (skipped where the media folder is absent)', () => {
  expect(clips.length).toBeGreaterThan(0);
});

for (const clip of clips) {
  test(`${clip.file} is read, and its frames are taken`, { timeout: 300_000 }, async () => {
    const source = await readSource(await sharedFile(`video/${clip.file}`), quiet());
    const output = await outputOf(framesStep.run(framesInputs(source), options, quiet()));
    expect(source.kind).toBe('video');
    const end = source.startSeconds + source.durationSeconds!;
    expect(clip.duration_s - end, 'the sound may be a little longer').toBeLessThan(0.3);
    expect(end - clip.duration_s).toBeLessThan(0.05);
    const isForBrowser = source.readBy === 'mediabunny' && !source.why.includes('ffmpeg');
    expect(output.readBy).toBe(isForBrowser ? 'webcodecs' : 'ffmpeg');
    expect(output.failed).toEqual([]);
    // Shots without a frame get one more.
    expect(output.frames.length).toBeLessThanOrEqual(frameCount(clip.duration_s, 10) + 5);
    const jpeg = await readBlob(output.frames[0]!.blob);
    expect((await createImageBitmap(jpeg)).width).toBe(output.frames[0]!.width);
  });
}
