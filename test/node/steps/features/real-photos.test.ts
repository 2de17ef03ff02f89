import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ANALYSIS_PIXELS, measureFrame, summarise } from '#lib/steps/features/measure.ts';
import { grabPixels } from '../../../fixtures/media/grab-pixels.ts';

const folder = process.env['IMMERSIVAUDIO_MEDIA'] ?? '../shared/media';
const isHere = existsSync(join(folder, 'image'));
const why = isHere ? '' : ' (skipped: no real photos; set IMMERSIVAUDIO_MEDIA)';

function measure(file: string) {
  const picture = grabPixels(join(folder, 'image', file), 0, ANALYSIS_PIXELS);
  if (!picture) throw new Error(`${file} can't be decoded: is ffmpeg installed?`);
  return summarise([measureFrame(picture, 0)], null);
}

test.skipIf(!isHere)(`a beach under a grey sky is outdoors, with sky${why}`, () => {
  const { outdoor, regions } = measure('beach_kites.jpg');
  expect(outdoor).toBeGreaterThan(0.75);
  expect(regions.sky).toBeGreaterThan(0.75);
});

test.skipIf(!isHere)(`lawns and parks have plants and are outdoors${why}`, () => {
  for (const file of ['samoyed.jpg', 'two_dogs_lawn.jpg', 'park_bench_cars.jpg', 'giraffe_zebra.jpg']) {
    const { outdoor, regions } = measure(file);
    expect(regions.vegetation, file).toBeGreaterThan(0.6);
    expect(outdoor, file).toBeGreaterThan(0.75);
  }
});

test.skipIf(!isHere)(
  `a cup on a table, a studio and a close-up are indoors, without sky, sea or fire${why}`,
  () => {
    for (const file of ['coffee_cup.png', 'cats_and_dogs.jpg', 'chelsea_cat.png', 'astronaut.png']) {
      const { outdoor, regions } = measure(file);
      expect(outdoor, file).toBeLessThan(0.4);
      expect(Math.max(...Object.values(regions)), file).toBeLessThan(0.3);
    }
  },
);
