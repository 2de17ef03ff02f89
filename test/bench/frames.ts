/**
 * Takes frames on the bench pages of source and frames, near and exact, beside native ffmpeg taking the same frames, in one run.
 * Usage: node test/bench/frames.ts [seconds …]   (default: 10 60 600)   Needs ffmpeg and a built app.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { preview } from 'vite';
import type { FramesOutput } from '../../src/lib/job/entries/frames.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { BENCH_FOLDER, makeClip, runFfmpeg } from './make-clip.ts';

const ROUNDS = 3;
/** Decoding everything is never faster than seeking for clips longer than this. */
const LONGEST_ONE_PASS_SECONDS = 120;

/** What one run on a bench page took, milliseconds, and gave. */
interface Run {
  milliseconds: number;
  output: string;
}
interface Round {
  near: Run;
  exact: Run;
  native: number;
}

const lengths = process.argv.slice(2).map(Number);

const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  for (const seconds of lengths.length > 0 ? lengths : [10, 60, 600]) await compare(page, seconds);
} finally {
  await browser.close();
  await server.close();
}

async function compare(page: Page, seconds: number) {
  const clip = makeClip(seconds);
  const address = server.resolvedUrls!.local[0]!;
  await page.goto(`${address}bench/source`);
  await page.setInputFiles('#file', clip);
  const source = await run(page);
  await page.goto(`${address}bench/frames`);
  await page.fill('#source', source.output);
  await run(page); // The first run pays for loading the worker.
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await page.selectOption('#mode', 'near');
    const near = await run(page);
    await page.selectOption('#mode', 'exact');
    const exact = await run(page);
    const asked = framesOf(exact).map((frame) => frame.askedSeconds);
    const bySeeking = time(() => asked.forEach((at, index) => seekNatively(clip, at, index)));
    const isShort = seconds <= LONGEST_ONE_PASS_SECONDS;
    const native = isShort
      ? Math.min(
          bySeeking,
          time(() => selectNatively(clip, asked)),
        )
      : bySeeking;
    rounds.push({ near, exact, native });
  }
  const middle = (pick: (round: Round) => number) =>
    rounds.map(pick).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  const native = middle((round) => round.native);
  const near = middle((round) => round.near.milliseconds);
  const exact = middle((round) => round.exact.milliseconds);
  const frames = framesOf(rounds[0]!.near);
  const keys = frames.filter((frame) => Math.abs(frame.takenSeconds - frame.askedSeconds) > 0.05).length;
  console.log(
    `${seconds} s, ${Math.round(statSync(clip).size / 1e6)} MB, ${frames.length} frames (${keys} near): ` +
      `native exact ${native.toFixed(0)} ms · exact ${exact} ms (${(exact / native).toFixed(2)}×) · ` +
      `near ${near} ms (${(near / native).toFixed(2)}×) · source ${source.milliseconds} ms`,
  );
}

/** Submits the form of a bench page and waits for its answer. */
async function run(page: Page): Promise<Run> {
  const message = page.locator('#message');
  await page.click('#run');
  await message.filter({ hasText: '…' }).waitFor();
  await message.filter({ hasNotText: '…' }).waitFor();
  const text = await message.innerText();
  const milliseconds = Number(/in (\d+) ms/.exec(text)?.[1] ?? Number.NaN);
  if (Number.isNaN(milliseconds)) throw new Error(text);
  return { milliseconds, output: await page.locator('#output').innerText() };
}

function framesOf({ output }: Run): FramesOutput['frames'] {
  return (JSON.parse(output) as FramesOutput).frames;
}

function seekNatively(clip: string, seconds: number, index: number): void {
  const target = join(BENCH_FOLDER, `native-${index}.jpg`);
  runFfmpeg('-ss', String(seconds), '-i', clip, '-frames:v', '1', '-vf', 'scale=640:-2', target);
}

/** The same in one pass over the whole clip, which is faster for short ones. */
function selectNatively(clip: string, times: number[]): void {
  const terms = times.map((time) => `gte(t,${time})*(isnan(prev_selected_t)+lt(prev_selected_t,${time}))`);
  const filter = `select='${terms.join('+')}',scale=640:-2`;
  runFfmpeg('-i', clip, '-an', '-vf', filter, '-vsync', '0', join(BENCH_FOLDER, 'native-%d.jpg'));
}

/** Milliseconds of some work. */
function time(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
