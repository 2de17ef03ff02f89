import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { TruePeakMeter } from '#lib/media/audio/true-peak-meter.ts';

const folder = join(process.env['IMMERSIVAUDIO_MEDIA'] ?? '../shared/media', 'sound/loudness');
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const canRun = hasFfmpeg && existsSync(folder);
const files = canRun ? readdirSync(folder).filter((name) => name.endsWith('.wav')) : [];

test.skipIf(!canRun)('recordings to measure are there (skipped without ffmpeg or the media folder)', () => {
  expect(files.length).toBeGreaterThan(2);
});

test.each(files)('%s measures within 0.1 LU and 0.2 dB of ffmpeg', (name) => {
  const path = join(folder, name);
  const { sampleRate, channels } = decode(path);
  const loudness = new LoudnessMeter(sampleRate, channels.length);
  const truePeak = new TruePeakMeter(channels.length);
  loudness.add(channels);
  truePeak.add(channels);
  const filter = ['-af', 'ebur128=peak=true', '-f', 'null', '-'];
  const log = spawnSync('ffmpeg', ['-hide_banner', '-nostats', '-i', path, ...filter], { encoding: 'utf8' });
  const summary = log.stderr.slice(log.stderr.lastIndexOf('Summary:'));
  // ffmpeg rounds to tenths, which alone may differ by 0.05.
  expect(Math.abs(loudness.loudnessLufs! - figure(summary, /I:\s+(\S+) LUFS/))).toBeLessThanOrEqual(0.1);
  expect(Math.abs(truePeak.truePeakDb! - figure(summary, /Peak:\s+(\S+) dBFS/))).toBeLessThanOrEqual(0.2);
});

function figure(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1]);
}

function decode(path: string): { sampleRate: number; channels: Float32Array[] } {
  const probe = execFileSync('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', path], {
    encoding: 'utf8',
  });
  const { streams } = JSON.parse(probe) as { streams: [{ sample_rate: string; channels: number }] };
  const [{ sample_rate: sampleRate, channels: count }] = streams;
  const raw = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'f32le', '-'], { maxBuffer: 1e9 });
  const samples = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
  const frames = samples.length / count;
  const channels = Array.from({ length: count }, (_, channel) =>
    Float32Array.from({ length: frames }, (_, frame) => samples[frame * count + channel]!),
  );
  return { sampleRate: Number(sampleRate), channels };
}
