import type { Score } from '#lib/job/score.ts';
import { dbOfGain, gainOfDb } from '#lib/media/audio/decibels.ts';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';
import { TruePeakMeter } from '#lib/media/audio/true-peak-meter.ts';
import { renderStem } from '#lib/synth/render.ts';

const LOUDNESS_LUFS = -16;
const CEILING_DB = -1;

/** Renders the effects of a short score at 48 kHz: −16 LUFS, or as loud as a true peak of −1 dB allows. */
export function renderSample(score: Score): Stereo {
  const total = Math.round(score.durationSeconds * SAMPLE_RATE);
  const sound = { left: new Float32Array(total), right: new Float32Array(total) };
  let written = 0;
  for (const { left, right } of renderStem(score, 'effects')) {
    sound.left.set(left, written);
    sound.right.set(right, written);
    written += left.length;
  }
  const channels = [sound.left, sound.right];
  const loudness = new LoudnessMeter(SAMPLE_RATE);
  loudness.add(channels);
  const peak = new TruePeakMeter();
  peak.add(channels);
  if (loudness.loudnessLufs === null || peak.truePeak === 0) return sound;
  const gainDb = Math.min(LOUDNESS_LUFS - loudness.loudnessLufs, CEILING_DB - dbOfGain(peak.truePeak));
  const gain = gainOfDb(gainDb);
  for (const channel of channels) channel.forEach((value, at) => (channel[at] = value * gain));
  return sound;
}
