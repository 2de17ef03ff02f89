/**
 * Takes frames on the bench page of the step, near and exact, beside native ffmpeg taking the same frames, in one run.
 * Usage: node test/bench/frames.ts [seconds …]   (default: 10 60 600)   Needs ffmpeg. Quote the ratios.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import type { FramesOutput } from '../../src/lib/job/entries/frames.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { BENCH_FOLDER, makeClip, runFfmpeg } from './make-clip.ts';

const ROUNDS = 3;

/** What one run on the bench page took, milliseconds, and gave. */
interface Taken {
  source: number;
  frames: number;
  output: FramesOutput;
}
interface Round {
  near: Taken;
  exact: Taken;
  native: number;
}

const lengths = process.argv.slice(2).map(Number);

const server = await createServer({ server: { port: 0, watch: null }, logLevel: 'error' });
await server.listen();
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls!.local[0]!}bench/frames`);
  await take(page, makeClip(10), 'near'); // The first run pays for loading the worker.
  for (const seconds of lengths.length > 0 ? lengths : [10, 60, 600]) await compare(page, seconds);
} finally {
  await browser.close();
  await server.close();
}

async function compare(page: Page, seconds: number) {
  const clip = makeClip(seconds);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const near = await take(page, clip, 'near');
    const exact = await take(page, clip, 'exact');
    const asked = exact.output.frames.map((frame) => frame.askedSeconds);
    const native = Math.min(
      time(() => asked.forEach((at, index) => seekNatively(clip, at, index))),
      time(() => selectNatively(clip, asked)),
    );
    rounds.push({ near, exact, native });
  }
  const middle = (pick: (round: Round) => number) =>
    rounds.map(pick).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  const native = middle((round) => round.native);
  const near = middle((round) => round.near.frames);
  const exact = middle((round) => round.exact.frames);
  const { output } = rounds[0]!.near;
  const keys = output.frames.filter(
    (frame) => Math.abs(frame.takenSeconds - frame.askedSeconds) > 0.05,
  ).length;
  console.log(
    `${seconds} s, ${Math.round(statSync(clip).size / 1e6)} MB, ${output.frames.length} frames (${keys} near): ` +
      `native exact ${native.toFixed(0)} ms · exact ${exact} ms (${(exact / native).toFixed(2)}×) · ` +
      `near ${near} ms (${(near / native).toFixed(2)}×) · source ${middle((round) => round.near.source)} ms`,
  );
}

async function take(page: Page, clip: string, mode: 'near' | 'exact'): Promise<Taken> {
  await page.setInputFiles('#file', clip);
  await page.selectOption('#mode', mode);
  await page.click('#run');
  await page.waitForFunction(() => document.querySelector('#message')?.textContent.startsWith('Working'));
  await page.waitForFunction(() => !document.querySelector('#message')?.textContent.startsWith('Working'));
  const message = await page.textContent('#message');
  const found = /Source (\d+) ms, frames (\d+) ms/.exec(message ?? '');
  if (!found) throw new Error(message ?? 'The bench page says nothing.');
  const output = JSON.parse((await page.textContent('#output'))!) as FramesOutput;
  return { source: Number(found[1]), frames: Number(found[2]), output };
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
