import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { factsOf } from '../../../src/lib/evidence/facts.ts';
import { REGION_NAMES } from '../../../src/lib/evidence/regions.ts';
import type { Facts } from '../../../src/lib/job/facts.ts';
import { PHRASES } from '../../../src/lib/phrases/languages.ts';
import {
  ANALYSIS_PIXELS,
  measureFrame,
  summarise,
  withMoving,
} from '../../../src/lib/steps/features/measure.ts';
import { unrestAround } from '../../../src/lib/steps/features/unrest.ts';
import { withoutUnsureAnimals } from '../../../src/lib/steps/objects/unsure-animals.ts';
import { grabPixels } from '../../fixtures/media/grab-pixels.ts';
import type { NodeDetector } from './node-detector.ts';
import { watchInNode } from '../watch-in-node.ts';
import { TRUE_WORDS, type TrueWords } from './true-words.ts';

const FRAMES = 10;
/** The longer side of the detector's pictures. */
const PIXELS = 640;
/** A region, thing or place is said from this certainty on. */
const SURE = 0.6;
/** Sentences for the shared material, a table of the regions said against the true ones, and how often the main sound is named. */
export async function tellWords(media: string, detector: NodeDetector): Promise<void> {
  console.log('\nWords for each photo, clip and span, and whether the main sound is named:');
  const languages = await Promise.all(Object.values(PHRASES).map((load) => load()));
  const said: { truth: TrueWords; facts: Facts }[] = [];
  for (const truth of TRUE_WORDS) {
    const path = truth.file.startsWith('static/') ? truth.file : join(media, truth.file);
    if (!existsSync(path)) {
      console.log(`  ${truth.file}: SKIPPED, the file is not there.`);
      continue;
    }
    const facts = await factsOfFile(path, truth.span, detector);
    said.push({ truth, facts });
    console.log(`  ${isNamed(truth, facts) ? '✓' : '✗'} ${truth.file}`);
    for (const { describe } of languages) console.log(`      ${describe(facts)}`);
  }
  console.log('\nRegions         both  only said  only true  neither');
  for (const region of REGION_NAMES) {
    const counts = [0, 0, 0, 0];
    for (const { truth, facts } of said) {
      const isSaid = facts.regions.some(({ name, certainty }) => name === region && certainty >= SURE);
      counts[truth.regions.includes(region) ? (isSaid ? 0 : 2) : isSaid ? 1 : 3]!++;
    }
    console.log(
      `  ${region.padEnd(12)}${counts.map((count, i) => String(count).padStart([6, 11, 11, 9][i]!)).join('')}`,
    );
  }
  const named = said.filter(({ truth, facts }) => isNamed(truth, facts)).length;
  console.log(
    `\nThe main sound is named in ${named} of ${said.length} (${Math.round((100 * named) / said.length)} %).`,
  );
}

function isNamed({ main }: TrueWords, { things, regions, places }: Facts): boolean {
  const names = [
    ...things.map(({ label, certainty }) => ({ name: label, certainty })),
    ...regions,
    ...places,
  ];
  return names.some(({ name, certainty }) => certainty >= SURE && main.includes(name));
}

async function factsOfFile(path: string, span: TrueWords['span'], detector: NodeDetector): Promise<Facts> {
  const isPicture = /\.(?:jpe?g|png)$/.test(path);
  const from = span?.startSeconds ?? 0;
  const until = span?.endSeconds ?? (isPicture ? 0 : secondsOf(path));
  const count = isPicture ? 1 : FRAMES;
  const watched = isPicture ? null : watchInNode(path, from, until);
  const measured = [];
  const frames = [];
  for (let at = 0; at < count; at++) {
    const atSeconds = from + ((at + 0.5) * (until - from)) / count;
    const [small, large] = [
      grabPixels(path, atSeconds, ANALYSIS_PIXELS),
      grabPixels(path, atSeconds, PIXELS),
    ];
    if (!small || !large) continue;
    const unrest = watched && unrestAround(watched, atSeconds, []);
    measured.push(withMoving(measureFrame(small, atSeconds), unrest));
    frames.push({ atSeconds, boxes: (await detector.detect(large)).boxes });
  }
  const kinds = withoutUnsureAnimals(frames.map(({ boxes }) => boxes));
  frames.forEach((frame, at) => (frame.boxes = kinds[at]!));
  const features = summarise(measured, isPicture ? null : until - from);
  return factsOf({ features, objects: { frames, removed: [] } });
}

function secondsOf(path: string): number {
  const args = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path];
  return Number(execFileSync('ffprobe', args).toString());
}
