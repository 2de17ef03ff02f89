import * as v from 'valibot';
import { afterAll, expect, test } from 'vitest';
import type { ScenesOutput } from '#lib/job/entries/scenes.ts';
import { ScenesOutputSchema } from '#lib/job/entries/scenes.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { WatchOutputSchema, type WatchOutput } from '#lib/job/entries/watch.ts';
import { optionsByStep } from '#lib/job/options.ts';
import { unpackWatched } from '#lib/media/watch/watched.ts';
import { filmLength } from '#lib/steps/length/length.ts';
import { scenesStep } from '#lib/steps/scenes/scenes.ts';
import { readSource } from '#lib/steps/source/source.ts';
import { watchSource } from '#lib/steps/watch/watch.ts';
import { readBlob, sweepBlobs } from '#lib/worker/blob-store.ts';
import { evenly, makeFilm, sequence, shot, transition } from '../../../fixtures/media/make-film.ts';
import { encodePicture } from '../../../fixtures/media/make-picture.ts';
import { asEntry, outputOf, quiet } from '../../../fixtures/media/step-context.ts';

afterAll(() => sweepBlobs(new Set()));

const open = (file: File) => readSource(file, quiet());
const watch = (source: SourceOutput, budgetSeconds = 600, context = quiet()) =>
  watchSource(source, { budgetSeconds }, context);
const scenesOf = (source: SourceOutput, watched: WatchOutput, options: object = {}): Promise<ScenesOutput> =>
  outputOf(
    scenesStep.run(
      {
        source: asEntry('source', source),
        watch: asEntry('watch', watched),
        length: asEntry('length', filmLength(source, { durationSeconds: 10 })),
      },
      optionsByStep({ scenes: options }).all.scenes,
      quiet(),
    ),
  );
const numbersOf = async ({ watched }: WatchOutput) =>
  unpackWatched(await (await readBlob(watched!)).arrayBuffer());
/** A scene may begin a fraction of a millisecond before its first picture. */
const toMilliseconds = (seconds: number) => Math.round(seconds * 1000) / 1000;
const timesOf = ({ boundaries }: ScenesOutput) =>
  boundaries.map(({ atSeconds }) => toMilliseconds(atSeconds));

const cutFilm = sequence([0, shot(1)], [2.52, shot(2)], [5, shot(3)]);

test('every picture is seen, and hard cuts are found to the picture', async () => {
  const source = await open(await makeFilm({ draw: cutFilm, times: evenly(8, 25) }));
  const watched = await watch(source);
  expect(v.parse(WatchOutputSchema, watched)).toEqual(watched);
  expect(watched).toMatchObject({
    pictures: 200,
    seen: 1,
    readBy: 'webcodecs',
    why: 'Every picture was seen.',
  });
  const scenes = await scenesOf(source, watched);
  expect(v.parse(ScenesOutputSchema, scenes)).toEqual(scenes);
  expect(timesOf(scenes)).toEqual([2.52, 5]);
  expect(scenes.boundaries.every(({ kind, weight }) => kind === 'cut' && weight > 0.7)).toBe(true);
  expect(scenes.scenes.map(({ id, startSeconds }) => [id, toMilliseconds(startSeconds)])).toEqual([
    ['0', 0],
    ['2520', 2.52],
    ['5000', 5],
  ]);
});

test('with a varying rate, and a late first picture, cuts are found by time', async () => {
  const times = evenly(8, 50).filter((_, index) => index % 7 !== 3 && (index < 200 || index % 4 === 0));
  const late = (seconds: number) => seconds + 1.5;
  const draw = sequence([0, shot(4)], [late(3), shot(5)], [late(6), shot(6)]);
  const source = await open(await makeFilm({ draw, times: times.map(late), container: 'mkv' }));
  const scenes = await scenesOf(source, await watch(source));
  expect(timesOf(scenes)).toHaveLength(2);
  for (const [at, cut] of timesOf(scenes).entries()) expect(Math.abs(cut - [3, 6][at]!)).toBeLessThan(0.021);
});

test('a turned film is seen upright', async () => {
  // The square falls in the stored picture; turned by 90° clockwise that is a movement to the left.
  const square = (context: OffscreenCanvasRenderingContext2D, seconds: number) => {
    context.fillStyle = '#222';
    context.fillRect(0, 0, 1, 1);
    context.fillStyle = 'white';
    context.fillRect(0.1, 0.1 + 0.2 * seconds, 0.15, 0.15);
  };
  const source = await open(await makeFilm({ draw: square, times: evenly(3, 25), rotation: 90 }));
  const { series } = await numbersOf(await watch(source));
  const [early, later] = [10, 60].map((at) => [series.actionX[at]!, series.actionY[at]!]);
  expect(early![1]).toBeCloseTo(0.17, 1);
  expect(later![1]).toBeCloseTo(0.17, 1);
  expect(early![0]! - later![0]!).toBeGreaterThan(0.3);
});

test('a pan is a shift of the whole picture, and no cut', async () => {
  const source = await open(await makeFilm({ draw: shot(7, 0.25), times: evenly(5, 25) }));
  const watched = await watch(source);
  const { series } = await numbersOf(watched);
  const shift = series.shiftX.slice(1).reduce((sum, value) => sum + value, 0) / (series.shiftX.length - 1);
  expect(shift).toBeLessThan(-0.006);
  expect(timesOf(await scenesOf(source, watched))).toEqual([]);
});

test.each([
  [
    'dissolve',
    (context: OffscreenCanvasRenderingContext2D, done: number, drawOther: () => void) => {
      // Opaque pictures lie on top of one another: the second one covers the first more and more.
      const under = context.canvas.transferToImageBitmap();
      context.setTransform(context.canvas.width, 0, 0, context.canvas.height, 0, 0);
      drawOther();
      context.globalAlpha = 1 - done;
      context.drawImage(under, 0, 0, 1, 1);
    },
  ],
  [
    'wipe',
    (context: OffscreenCanvasRenderingContext2D, done: number, drawOther: () => void) => {
      context.beginPath();
      context.rect(0, 0, done, 1);
      context.clip();
      drawOther();
    },
  ],
  [
    'fade through black',
    (context: OffscreenCanvasRenderingContext2D, done: number, drawOther: () => void) => {
      if (done > 0.5) drawOther();
      context.fillStyle = `rgb(0 0 0 / ${1 - Math.abs(2 * done - 1)})`;
      context.fillRect(0, 0, 1, 1);
    },
  ],
])('a %s is one gradual transition with a beginning and an end', async (_, paint) => {
  const draw = transition(shot(11), shot(12), [3, 4], paint);
  const source = await open(await makeFilm({ draw, times: evenly(7, 25) }));
  const { boundaries } = await scenesOf(source, await watch(source));
  expect(boundaries).toHaveLength(1);
  const [{ atSeconds, kind, overSeconds }] = boundaries as [(typeof boundaries)[0]];
  expect(kind).toBe('soft');
  expect(Math.abs(atSeconds - 3.5)).toBeLessThan(0.3);
  expect(overSeconds).toBeGreaterThan(0.4);
  expect(overSeconds).toBeLessThan(1.5);
});

test('a device that is too slow leaves out groups that show nothing new, keeps the cuts, and says so', async () => {
  const film = sequence([0, shot(21)], [10.4, shot(22)], [21, shot(23)]);
  const times = evenly(32, 25);
  const isKey = (index: number) => index % 50 === 0;
  const source = await open(await makeFilm({ draw: film, times, isKey }));
  const watched = await watch(source, 0.1);
  expect(watched.seen).toBeLessThan(0.95);
  expect(watched.why).toContain('too slow');
  const cuts = timesOf(await scenesOf(source, watched));
  expect(cuts).toHaveLength(2);
  for (const [at, cut] of cuts.entries()) expect(Math.abs(cut - [10.4, 21][at]!)).toBeLessThan(2.1);
});

test('what the browser cannot decode, ffmpeg decodes, and finds the same', async () => {
  const file = await makeFilm({ draw: cutFilm, times: evenly(8, 25), codec: 'vp8', container: 'mkv' });
  const source = await open(file);
  const byFfmpeg = await watch({ ...source, readBy: 'ffmpeg' });
  expect(byFfmpeg).toMatchObject({ readBy: 'ffmpeg', pictures: 200 });
  expect(timesOf(await scenesOf(source, byFfmpeg))).toEqual([2.52, 5]);
});

test('key frames out of order are cuts when no picture can be decoded', async () => {
  const isKey = (index: number) => [0, 50, 63, 113, 125, 175].includes(index);
  const source = await open(await makeFilm({ draw: cutFilm, times: evenly(8, 25), isKey }));
  const { keyCuts } = await numbersOf(await watch(source));
  expect(Array.from(keyCuts, (at) => Math.round(at * 100) / 100)).toEqual([2.52, 5]);
});

test('of a photo there is nothing to watch, and it is one scene', async () => {
  const source = await open(await encodePicture('image/png', 64, 48));
  const watched = await watch(source);
  expect(watched).toMatchObject({ pictures: 0, watched: null });
  expect((await scenesOf(source, watched)).scenes).toMatchObject([{ startSeconds: 0, endSeconds: 10 }]);
});

test('progress goes up to one, and an aborted watch ends at once', async () => {
  const source = await open(await makeFilm({ draw: cutFilm, times: evenly(8, 25) }));
  const fractions: number[] = [];
  await watch(source, 600, { ...quiet(), onProgress: (at) => fractions.push(at) });
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBeGreaterThan(0.95);
  const abort = new AbortController();
  const running = watch(source, 600, { signal: abort.signal, onProgress: () => abort.abort() });
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  await expect(watch(source)).resolves.toMatchObject({ pictures: 200 });
});

test('the user’s boundaries hold for every sensitivity', async () => {
  const source = await open(await makeFilm({ draw: cutFilm, times: evenly(8, 25) }));
  const watched = await watch(source);
  for (const sensitivity of [0, 1]) {
    const { scenes } = await scenesOf(source, watched, { sensitivity, added: [4, 4.5], removed: [2.52] });
    expect(scenes.map(({ startSeconds }) => startSeconds)).toEqual([0, 4, 4.5, 5].slice(0, 3));
  }
});

test('without a budget nothing is decoded, and key frames out of turn are the cuts', async () => {
  const isKey = (index: number) => [0, 50, 63, 113, 125, 175].includes(index);
  const source = await open(await makeFilm({ draw: cutFilm, times: evenly(8, 25), isKey }));
  const watched = await watch(source, 0);
  expect(v.parse(WatchOutputSchema, watched)).toEqual(watched);
  expect(watched).toMatchObject({ pictures: 0, seen: 0, readBy: 'index' });
  expect(timesOf(await scenesOf(source, watched))).toEqual([2.52, 5]);
});
