import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RgbaImage } from '../../../src/lib/media/pixels/rgba-image.ts';
import { summarise } from '../../../src/lib/steps/objects/summarise.ts';
import { grabPixels } from '../../fixtures/media/grab-pixels.ts';
import { scoreText, type Score } from './accuracy.ts';
import type { NodeDetector } from './node-detector.ts';
import { decodePhoto, readPhotos } from './photos.ts';

/** Frames of a clip, as many as the app takes of a short one. */
const FRAMES = 10;
const PIXELS = 640;

/** A photo, or the frames of a clip. */
interface Material {
  file: string;
  pictures: RgbaImage[];
}

/** The kinds of things that a detector names in photos and in clips, after the rule of certainty, beside another one. */
export async function tellKinds(media: string, built: NodeDetector, other: NodeDetector): Promise<void> {
  console.log('\nKinds named by the detector of the app after the rule of certainty, beside YOLOv9-t:');
  for (const [what, all] of [
    ['photos', photosOf(join(media, 'image'))],
    ['clips', clipsOf(join(media, 'video'))],
  ] as const) {
    const scores: Score[] = [];
    for (const { file, pictures } of all) {
      const [mine, theirs] = [await kindsIn(pictures, built), await kindsIn(pictures, other)];
      const right = mine.filter((kind) => theirs.includes(kind)).length;
      scores.push({ known: theirs.length, found: mine.length, right });
      const missed = theirs.filter((kind) => !mine.includes(kind)).map((kind) => `NO ${kind}`);
      const more = mine.filter((kind) => !theirs.includes(kind)).map((kind) => `+ ${kind}`);
      const same = mine.filter((kind) => theirs.includes(kind));
      console.log(`  ${file.padEnd(24)} ${[...same, ...missed, ...more].join(', ') || 'nothing by either'}`);
    }
    console.log(`  ${scores.length} ${what}: ${scoreText(scores)}`);
  }
}

async function kindsIn(pictures: readonly RgbaImage[], detector: NodeDetector): Promise<string[]> {
  const frames = [];
  for (const [atSeconds, picture] of pictures.entries()) {
    frames.push({ atSeconds, boxes: (await detector.detect(picture)).boxes });
  }
  return summarise(frames).map(({ label }) => label);
}

function photosOf(folder: string): Material[] {
  return readPhotos(folder).map(({ file }) => ({
    file,
    pictures: [decodePhoto(join(folder, file), PIXELS)],
  }));
}

function clipsOf(folder: string): Material[] {
  const clips = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')) as ClipFacts[];
  return clips
    .filter(({ file, duration_s: seconds }) => seconds && !file.includes('/'))
    .map(({ file, duration_s: seconds }) => {
      const times = Array.from({ length: FRAMES }, (_, at) => ((at + 1) * seconds!) / (FRAMES + 1));
      const pictures = times.map((time) => grabPixels(join(folder, file), time, PIXELS));
      return { file, pictures: pictures.filter((picture) => picture !== null) };
    });
}

/** What is known of a clip. */
interface ClipFacts {
  file: string;
  duration_s?: number;
}
