/**
 * The whole job on clips of 10, 60 and 600 s (1280×720 H.264, noisy) beside native ffmpeg doing the same, in one run.
 * Usage: node test/bench/job.ts [seconds …]   Needs ffmpeg. Quote the ratios: machines are noisy.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../../src/lib/job/job.ts';
import { findEntry } from '../../src/lib/job/job.ts';
import { BENCH_FOLDER as folder, makeClip, runFfmpeg } from './make-clip.ts';
import { runCommand } from './run-command.ts';

const lengths = process.argv.slice(2).map(Number);

for (const seconds of lengths.length ? lengths : [10, 60, 600]) {
  const clip = makeClip(seconds);
  const film = join(folder, `film-${seconds}.mp4`);
  const json = join(folder, `job-${seconds}.json`);
  const wav = join(folder, `mix-${seconds}`);
  const run = await runCommand('node', [
    ...['cli/immersivaudio.js', clip, '-o', film, '--json', json, '--stems', wav, '--seed', '7'],
  ]);
  if (run.code !== 0) throw new Error(run.output);
  const job = JSON.parse(readFileSync(json, 'utf8')) as Job;
  const frames = findEntry(job, 'frames')!.output.frames;
  const nativeFrames = time(() =>
    frames.forEach((frame, index) => grabNatively(clip, frame.askedSeconds, index)),
  );
  const nativeFilm = time(() => muxNatively(clip, join(wav, 'mix.wav')));
  const bytes = Math.round(statSync(clip).size / 1e6);
  const steps = job.entries.map((entry) => [entry.step, entry.milliseconds] as const);
  const at = (name: string) => steps.find(([step]) => step === name)?.[1] ?? NaN;

  console.log(
    `\n${seconds} s, ${bytes} MB: ${run.seconds.toFixed(1)} s from command to file, peak ${run.peakMegabytes} MiB`,
  );
  for (const [step, milliseconds] of steps)
    console.log(`  ${step.padEnd(12)} ${String(milliseconds).padStart(6)} ms`);
  console.log(`  steps, first to last: ${(span(job) / 1000).toFixed(1)} s`);
  console.log(
    `  frames / native exact: ${(at('frames') / nativeFrames).toFixed(2)}×  (${nativeFrames.toFixed(0)} ms)`,
  );
  console.log(
    `  film / native copy + AAC: ${(at('film') / nativeFilm).toFixed(2)}×  (${nativeFilm.toFixed(0)} ms)`,
  );
}

function grabNatively(clip: string, seconds: number, index: number): void {
  runFfmpeg(
    '-ss',
    String(seconds),
    '-i',
    clip,
    '-frames:v',
    '1',
    '-vf',
    'scale=640:-2',
    join(folder, `native-${index}.jpg`),
  );
}

function muxNatively(clip: string, wav: string): void {
  const maps = ['-map', '0:v:0', '-map', '1:a:0', '-c:v', 'copy', '-c:a', 'aac', '-b:a', '256k'];
  runFfmpeg('-i', clip, '-i', wav, ...maps, join(folder, 'native.mp4'));
}

/** Milliseconds of some work. */
function time(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Milliseconds from the beginning of the first step to the end of the last. */
function span(job: Job): number {
  const ends = job.entries.map((entry) => Date.parse(entry.at));
  return Math.max(...ends) - (ends[0]! - job.entries[0]!.milliseconds);
}
