/**
 * Measures the music of every style: speed, loudness, range, crest, brightness. Usage:
 * `npx node test/bench/sound-music.ts [folder for WAV and PNG] [seconds] [style …]`. Needs ffmpeg on the PATH.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SoundtrackRequest } from '../../src/lib/job/score.ts';
import { planMusic } from '../../src/lib/synth/music/plan-music.ts';
import { STYLES } from '../../src/lib/synth/music/styles/styles.ts';
import { renderStem } from '../../src/lib/synth/render.ts';
import { powerSpectrum } from '../node/synth/music/analysis.ts';

const [folder = 'sound-music', seconds = '30', ...names] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const durationSeconds = Number(seconds);

console.log(
  'style        cpu×  first ms  LUFS   LRA  peak  crest centroid  <60 60-120 120-250 250-500 0.5-1k 1-2k 2-4k 4-8k 8-16k dB',
);
for (const style of STYLES) {
  if (names.length > 0 && !names.includes(style.name)) continue;
  const request: SoundtrackRequest = {
    musicPrompt: '',
    effectsPrompt: '',
    negativePrompt: '',
    mood: style.centre,
    cues: [],
    curve: [],
    cuts:
      durationSeconds >= 20
        ? [
            { atSeconds: 9.4, weight: 0.9 },
            { atSeconds: 14.05, weight: 0.4 },
            { atSeconds: 19.7, weight: 0.7 },
          ]
        : [],
    durationSeconds,
    seed: 1,
    kind: 'music',
  };
  const { music, mood } = planMusic(request, style.name);
  const score = {
    durationSeconds,
    seed: request.seed,
    mood,
    music,
    layers: [],
    events: [],
    unknownWords: [],
  };
  const total = Math.round(durationSeconds * 48_000);
  const left = new Float32Array(total);
  const right = new Float32Array(total);
  let at = 0;
  let firstMilliseconds = 0;
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  for (const chunk of renderStem(score, 'music')) {
    if (at === 0) firstMilliseconds = performance.now() - startedAt;
    left.set(chunk.left, at);
    right.set(chunk.right, at);
    at += chunk.left.length;
  }
  const cpu = process.cpuUsage(cpuBefore);
  const speed = durationSeconds / ((cpu.user + cpu.system) / 1e6);
  const wav = join(folder, `${style.name}.wav`);
  writeFileSync(wav, floatWav(left, right));
  const bands = bandLevels(left, right);
  console.log(
    style.name.padEnd(12),
    speed.toFixed(1).padStart(5),
    firstMilliseconds.toFixed(0).padStart(8),
    ...loudness(wav),
    crest(left, right).toFixed(1).padStart(6),
    `${bands.centroid.toFixed(0).padStart(6)} Hz `,
    ...bands.levels.map((level) => level.toFixed(0).padStart(5)),
  );
  spawnSync('ffmpeg', [
    '-y',
    '-v',
    'error',
    '-i',
    wav,
    '-lavfi',
    'showspectrumpic=s=1200x480:legend=1:scale=log:fscale=log:start=30:stop=16000:drange=90',
    join(folder, `${style.name}.png`),
  ]);
}

/** Integrated loudness, range and true peak by ffmpeg's ebur128. */
function loudness(wav: string): string[] {
  const { stderr } = spawnSync(
    'ffmpeg',
    ['-nostats', '-i', wav, '-filter_complex', 'ebur128=peak=sample', '-f', 'null', '-'],
    { encoding: 'utf8' },
  );
  const summary = stderr.slice(stderr.lastIndexOf('Summary'));
  const find = (pattern: RegExp) => (pattern.exec(summary)?.[1] ?? '?').padStart(5);
  return [find(/I:\s+(-?[\d.]+|-inf)/), find(/LRA:\s+(-?[\d.]+)/), find(/Peak:\s+(-?[\d.]+|-inf)/)];
}

function crest(left: Float32Array, right: Float32Array): number {
  let energy = 0;
  let largest = 0;
  for (const side of [left, right]) {
    for (const x of side) {
      energy += x * x;
      largest = Math.max(largest, Math.abs(x));
    }
  }
  return 20 * Math.log10(largest / Math.sqrt(energy / (2 * left.length)));
}

/** Octave band levels relative to the whole and the centroid of the power spectrum, by plain FFT frames. */
function bandLevels(left: Float32Array, right: Float32Array): { levels: number[]; centroid: number } {
  const size = 4096;
  const power = new Float64Array(size / 2);
  for (let start = 0; start + size <= left.length; start += size) {
    powerSpectrum(left, right, start, size).forEach((p, k) => (power[k] = power[k]! + p));
  }
  const edges = [20, 60, 120, 250, 500, 1000, 2000, 4000, 8000, 16_000];
  const total = power.reduce((a, b) => a + b, 1e-20);
  let weighted = 0;
  power.forEach((p, k) => (weighted += p * k * (48_000 / size)));
  const levels = edges.slice(0, -1).map((low, b) => {
    let sum = 1e-20;
    power.forEach((p, k) => {
      const hertz = (k * 48_000) / size;
      if (hertz >= low && hertz < edges[b + 1]!) sum += p;
    });
    return 10 * Math.log10(sum / total);
  });
  return { levels, centroid: weighted / total };
}

function floatWav(left: Float32Array, right: Float32Array): Uint8Array {
  const frames = left.length;
  const bytes = new Uint8Array(44 + frames * 8);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) => [...word].forEach((c, i) => (bytes[at + i] = c.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + frames * 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 3, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, 48_000, true);
  view.setUint32(28, 48_000 * 8, true);
  view.setUint16(32, 8, true);
  view.setUint16(34, 32, true);
  text(36, 'data');
  view.setUint32(40, frames * 8, true);
  const samples = new Float32Array(bytes.buffer, 44);
  for (let i = 0; i < frames; i++) {
    samples[2 * i] = left[i]!;
    samples[2 * i + 1] = right[i]!;
  }
  return bytes;
}
