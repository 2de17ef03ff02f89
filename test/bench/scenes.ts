/**
 * Cuts, gradual transitions and motion onsets in the shared clips, by the app in a headless browser, by its rules and by
 * TransNetV2, beside the lists of PySceneDetect, and what watching costs beside `ffmpeg -threads 1` in the same run; then how the soundtracks of clips with
 * several scenes sound where one scene follows another.
 * Usage: npm run bench:scenes -- [part of a file name …]   Needs ffmpeg; builds the app where it is stale.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { execFileSync } from 'node:child_process';
import { buildIfStale } from '../../cli/build-if-stale.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { JobPage } from '../../cli/job-page.ts';
import type { Boundary } from '../../src/lib/job/entries/scenes.ts';
import { findEntry } from '../../src/lib/job/job.ts';
import { listen } from '../../worker-server/listen.ts';
import { requestOf } from './fit/job-of.ts';
import { compareTimes, type Figures } from './scenes/figures.ts';
import { MOST_LU, measureJoins } from './scenes/joins.ts';
import { KICKS_SECONDS } from './scenes/juggling.ts';
import { serveNetwork } from './scenes/serve-network.ts';
import { softFilms } from './scenes/soft-films.ts';

const MEDIA = resolve(process.env['IMMERSIVAUDIO_MEDIA'] ?? '../shared/media');
const MODELS = resolve(process.env['IMMERSIVAUDIO_MODELS'] ?? '../shared/models');
const REFERENCE = resolve(MEDIA, '../reference/cuts.json');

/** The network takes a while: it is not asked about longer clips. */
const MOST_PICTURES = 1000;

type Reference = Record<string, { fps: number } & Record<string, { start_s: number[] }>>;

if (!existsSync(REFERENCE)) {
  console.error(`Left out: there are no shared clips with reference lists at ${REFERENCE}.`);
  process.exit(0);
}
const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.some((part) => name.includes(part));
const reference = (JSON.parse(readFileSync(REFERENCE, 'utf8')) as { files: Reference }).files;

await buildIfStale(console.log);
const { app, hasNetwork } = serveNetwork(MODELS);
if (!hasNetwork) console.error(`There are no weights of TransNetV2 in ${MODELS}: the network is left out.`);
const server = await listen(app, { host: '127.0.0.1', port: 0 });
const total = { rules: { hits: 0, found: 0, wanted: 0 }, network: { hits: 0, found: 0, wanted: 0 } };
try {
  console.log(
    '\nHard cuts beside PySceneDetect 0.7.1 (content, adaptive), to a picture; s is soft, ~ its length',
  );
  for (const [name, lists] of Object.entries(reference).filter(([name]) => isWanted(name)))
    await beside(name, lists);
  for (const [name, { hits, found, wanted }] of Object.entries(total)) {
    const f1 = (2 * hits) / Math.max(1, found + wanted);
    console.log(`all by ${name}: ${hits} of ${wanted}, ${found - hits} more, F1 ${f1.toFixed(3)}`);
  }
  console.log('\nGradual transitions on films of nine shots');
  for (const film of softFilms(MEDIA).filter(({ path }) => isWanted(path))) await soft(film);
  console.log(
    '\nJoins: loudness after less before (0.4 s each), steps of the effects there and around, the music',
  );
  for (const name of Object.keys(reference).filter((name) => isWanted(name))) await joins(name);
} finally {
  await server.close();
}

/** What the app finds in a clip, with the seconds that watching took. */
async function watch(path: string, detector = 'auto') {
  await using page = await JobPage.open(server.url, findBrowser(), () => undefined);
  const options = { watch: { budgetSeconds: 3600 }, scenes: { detector } };
  const { job } = await page.run(path, { options, steps: ['scenes'], files: [] });
  const watched = findEntry(job, 'watch')!;
  const scenes = findEntry(job, 'scenes')!;
  const [seconds, scenesSeconds] = [watched, scenes].map(({ milliseconds }) => milliseconds / 1000) as [
    number,
    number,
  ];
  return { seconds, watched: watched.output, scenesSeconds, ...scenes.output };
}

async function beside(name: string, lists: Reference[string]): Promise<void> {
  const path = join(MEDIA, 'video', name);
  const { seconds, watched, boundaries, onsets } = await watch(path);
  const content = lists['ContentDetector.default']!.start_s.slice(1);
  const adaptive = lists['AdaptiveDetector.default']!.start_s.slice(1);
  const picture = 1.05 / lists.fps;
  const figures = compareTimes(times(boundaries, content, picture), content, picture);
  add(total.rules, figures);
  const native = nativeSeconds(path);
  console.log(
    `${basename(name).padEnd(26)} ${figures.hits}/${figures.wanted} F1 ${figures.f1.toFixed(2)} · ` +
      `${watched.readBy} ${watched.pictures} pictures ${seconds.toFixed(2)} s = ${(seconds / native).toFixed(2)}× ffmpeg`,
  );
  console.log(`   found    ${boundaries.map(text).join(' ')}`);
  console.log(`   content  ${content.map((at) => at.toFixed(2)).join(' ')}`);
  console.log(`   adaptive ${adaptive.map((at) => at.toFixed(2)).join(' ')}`);
  if (hasNetwork) await network(path, content, picture, watched.pictures);
  if (name !== 'juggle_ball.mp4') return;
  const kicks = compareTimes(
    onsets.map(({ atSeconds }) => atSeconds),
    KICKS_SECONDS,
    0.1,
  );
  console.log(
    `   kicks within 0.1 s: ${kicks.hits} of ${kicks.wanted}, ${kicks.found} onsets, F ${kicks.f1.toFixed(2)}`,
  );
}

/** What the network finds in a clip, beside the same list. */
async function network(
  path: string,
  list: readonly number[],
  picture: number,
  pictures: number,
): Promise<void> {
  if (pictures > MOST_PICTURES) {
    console.log(`   network  left out: more than ${MOST_PICTURES} pictures`);
    return;
  }
  const { boundaries, readBy, why, scenesSeconds } = await watch(path, 'network');
  if (readBy !== 'network') {
    console.log(`   network  not used: ${why}`);
    return;
  }
  const figures = compareTimes(times(boundaries, list, picture), list, picture);
  add(total.network, figures);
  console.log(
    `   network  ${boundaries.map(text).join(' ')} · ${figures.hits}/${figures.wanted} F1 ${figures.f1.toFixed(2)} · ` +
      `${scenesSeconds.toFixed(1)} s, ${((1000 * scenesSeconds) / Math.max(1, pictures)).toFixed(0)} ms a picture`,
  );
}

function add(sum: { hits: number; found: number; wanted: number }, { hits, found, wanted }: Figures): void {
  sum.hits += hits;
  sum.found += found;
  sum.wanted += wanted;
}

/** What a soundtrack does at the joins of a clip with several scenes; ! marks what is more than it should be. */
async function joins(name: string): Promise<void> {
  await using page = await JobPage.open(server.url, findBrowser(), () => undefined);
  const file = join(MEDIA, 'video', name);
  const { job } = await page.run(file, { options: {}, steps: ['prompt'], files: [] });
  const picture = 1.05 / (findEntry(job, 'source')!.output.frameRate ?? 25);
  const lu = (value: number) => `${value.toFixed(1)}${Math.abs(value) > MOST_LU ? '!' : ''}`;
  for (const join of measureJoins(requestOf(job, file))) {
    const { largest, usual, isClick } = join.steps;
    console.log(
      `${basename(name).padEnd(26)} ${join.atSeconds.toFixed(2).padStart(6)} s: mix ${lu(join.mixLu)} LU, ` +
        `effects ${lu(join.effectsLu)}, music ${lu(join.musicLu)} · step ${largest.toFixed(3)}` +
        `${isClick ? '!' : ''} of ${usual.toFixed(3)} · section ${join.sectionSeconds.toFixed(3)} s away` +
        (join.sectionSeconds > picture ? '!' : ''),
    );
  }
}

/** Cuts count always; gradual transitions only where the list has one, since it knows of none. */
function times(boundaries: readonly Boundary[], list: readonly number[], tolerance: number): number[] {
  return boundaries
    .filter(
      ({ kind, atSeconds }) => kind === 'cut' || list.some((time) => Math.abs(time - atSeconds) <= tolerance),
    )
    .map(({ atSeconds }) => atSeconds);
}

async function soft({ path, transitions }: ReturnType<typeof softFilms>[number]): Promise<void> {
  const { boundaries } = await watch(path);
  const byContent = (await watch(path, 'content')).boundaries;
  const byAdaptive = (await watch(path, 'adaptive')).boundaries;
  const isIn = ({ atSeconds }: Boundary, { startSeconds, endSeconds }: (typeof transitions)[0]) =>
    atSeconds >= startSeconds - 0.1 && atSeconds <= endSeconds + 0.1;
  const count = (found: readonly Boundary[]) => {
    const hits = transitions.filter((one) => found.some((boundary) => isIn(boundary, one))).length;
    const others = found.filter((boundary) => !transitions.some((one) => isIn(boundary, one)));
    return { hits, others };
  };
  const byNetwork = hasNetwork ? (await watch(path, 'network')).boundaries : [];
  const own = count(boundaries);
  console.log(
    `${basename(path)}: ${own.hits} of ${transitions.length}, others: ${own.others.map(text).join(' ') || 'none'} ` +
      `(content ${count(byContent).hits}, adaptive ${count(byAdaptive).hits}, ` +
      `network ${hasNetwork ? `${count(byNetwork).hits}, others: ${count(byNetwork).others.map(text).join(' ') || 'none'}` : 'left out'})`,
  );
  for (const one of transitions) {
    const textOf = (all: readonly Boundary[]) =>
      all
        .filter((boundary) => isIn(boundary, one))
        .map(text)
        .join(' ') || '–';
    console.log(
      `   ${one.kind.padEnd(11)} ${one.startSeconds.toFixed(2)}–${one.endSeconds.toFixed(2)}  ${textOf(boundaries).padEnd(12)} ` +
        `network ${textOf(byNetwork)}`,
    );
  }
}

function text({ atSeconds, kind, overSeconds }: Boundary): string {
  return `${atSeconds.toFixed(2)}${kind === 'soft' ? `s~${overSeconds.toFixed(1)}` : ''}`;
}

/** Seconds that ffmpeg takes on one thread to decode a clip and to scale its pictures. */
function nativeSeconds(path: string): number {
  const began = performance.now();
  try {
    execFileSync(
      'ffmpeg',
      [
        '-v',
        'quiet',
        '-threads',
        '1',
        '-i',
        path,
        '-map',
        '0:V:0',
        '-vf',
        'scale=64:36',
        '-f',
        'rawvideo',
        '-y',
        '/dev/null',
      ],
      { stdio: 'ignore' },
    );
  } catch {
    // Damaged clips: what it took counts all the same.
  }
  return (performance.now() - began) / 1000;
}
