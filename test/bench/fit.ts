/**
 * How well soundtracks fit their pictures: plans the soundtrack of every shared clip and photo from what the app sees in
 * it, and writes a page to look at (frames, what was seen with certainty, the lanes of the score, why) and a table.
 * Usage: node test/bench/fit.ts [--render] [--documents <folder>] [--out <folder>] [file …]
 *   --render     also renders both stems and measures their loudness
 *   --documents  where job documents are kept; those that are there are not made again
 */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { planScore } from '../../src/lib/synth/plan.ts';
import { sightOf } from '../../src/lib/synth/evidence/sight.ts';
import { moodOfSight } from '../../src/lib/synth/evidence/mood-of-things.ts';
import { STYLES } from '../../src/lib/synth/music/styles/styles.ts';
import type { Score } from '../../src/lib/job/score.ts';
import { evenGainDb } from '../../src/lib/media/audio/mix-gains.ts';
import { figuresOf } from './fit/figures.ts';
import { jobOf, requestOf } from './fit/job-of.ts';
import { loudnessOf } from './fit/loudness-of.ts';
import { fitPage, type FitItem } from './fit/page.ts';
import { effectsDistance, musicDistance, nearestOfSameClip } from './fit/score-distance.ts';

const MEDIA = process.env['IMMERSIVAUDIO_MEDIA'] ?? '../shared/media';
const TYPES = ['.mp4', '.mov', '.webm', '.mkv', '.avi', '.ogv', '.jpg', '.png'];
/** Takes of one clip that are compared with those of others: the source's own seed, and these. */
const SEEDS = [1, 2, 3, 4];
const SILENCE_LUFS = -69;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    render: { type: 'boolean', default: false },
    documents: { type: 'string', default: 'test-results/fit/documents' },
    out: { type: 'string', default: 'test-results/fit' },
  },
});
const files =
  positionals.length > 0 ? positionals : ['image', 'video'].flatMap((name) => mediaIn(join(MEDIA, name)));
if (files.length === 0) console.log(`No clips or photos in ${MEDIA}: name some, or set IMMERSIVAUDIO_MEDIA.`);
mkdirSync(values.out, { recursive: true });

const items: FitItem[] = [];
const takes: Score[][] = [];
for (const file of files) {
  const job = await jobOf(file, values.documents);
  if (!job) continue;
  const request = requestOf(job, file);
  const sight = sightOf(request);
  const score = planScore(request);
  const loudness = values.render ? loudnessOf(score) : null;
  const figures = figuresOf(score, sight, request);
  items.push({ file, request, sight, score, themes: moodOfSight(sight).themes, figures, loudness });
  takes.push([score, ...SEEDS.map((seed) => planScore({ ...request, seed }))]);
  console.log(lineOf(items.at(-1)!));
}
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const used = new Set(takes.flat().map(({ music }) => music!.style));
const first = new Set(items.map(({ score }) => score.music!.style));
const differences = items.flatMap(({ loudness }) =>
  loudness && loudness.effects > SILENCE_LUFS ? [evenDifference(loudness)] : [],
);
const sumOf = (of: 'hits' | 'onOnset') => items.reduce((sum, { figures }) => sum + figures[of], 0);
const summary = [
  `${items.length} items, ${takes.flat().length} takes`,
  `nearest take is of the same clip: music ${percent(nearestOfSameClip(takes, musicDistance))}, effects ${percent(nearestOfSameClip(takes, effectsDistance, ({ layers, events }) => layers.length + events.length > 0))}`,
  `styles of first takes: ${[...first].join(', ')}; not chosen by any take: ${
    STYLES.map(({ name }) => name)
      .filter((name) => !used.has(name))
      .join(', ') || 'none'
  }`,
  `one-shots with their thing's motion within 0.1 s of an onset: ${sumOf('onOnset')} of ${sumOf('hits')}`,
  ...(differences.length > 0
    ? [
        `effects against music at an even balance: ${Math.min(...differences).toFixed(1)} … ${Math.max(...differences).toFixed(1)} LU`,
      ]
    : []),
];
console.log(summary.join('\n'));
writeFileSync(join(values.out, 'index.html'), fitPage(items, summary));
console.log(`See ${join(values.out, 'index.html')}`);

/** How much louder the effects are than the music when the mix has evened them, LU. */
function evenDifference({ music, effects }: { music: number; effects: number }): number {
  const added = evenGainDb({ music: { loudnessLufs: music }, effects: { loudnessLufs: effects } });
  return effects + added - music;
}

function mediaIn(path: string): string[] {
  return readdirSync(path)
    .sort()
    .map((entry) => join(path, entry))
    .flatMap((entry) => (statSync(entry).isDirectory() ? mediaIn(entry) : [entry]))
    .filter((entry) => TYPES.includes(extname(entry)));
}

function lineOf({ file, score, sight, figures, loudness }: FitItem): string {
  const figure = (value: number | null, digits = 2) => value?.toFixed(digits) ?? '–';
  return [
    basename(file).padEnd(26),
    `${score.music!.style} ${score.music!.key}`.padEnd(16),
    sight.scenes
      .map(({ place }) => place.name)
      .join('|')
      .slice(0, 24)
      .padEnd(24),
    `covered ${figure(figures.heardWhileSeen)} unseen ${figure(figures.heardUnseen)} pan ${figure(figures.panError)} onset ${figure(figures.onsetSeconds)} on ${figures.onOnset}/${figures.hits}`,
    `places ${figures.ambiences.join('…')}`,
    loudness ? `LUFS ${loudness.music.toFixed(1)} / ${loudness.effects.toFixed(1)}` : '',
  ].join('  ');
}
