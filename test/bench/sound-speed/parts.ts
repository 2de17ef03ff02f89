import type { Score } from '../../../src/lib/job/score.ts';
import { LoudnessMeter } from '../../../src/lib/media/audio/loudness-meter.ts';
import { masterMix } from '../../../src/lib/steps/mix/master.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../../../src/lib/synth/dsp/sample-rate.ts';
import { random } from '../../../src/lib/synth/dsp/random.ts';
import { Reverb } from '../../../src/lib/synth/dsp/reverb.ts';
import { WhiteNoise } from '../../../src/lib/synth/dsp/noise.ts';
import { placeLayer, openLayer } from '../../../src/lib/synth/effects/placed-layer.ts';
import { REVERB_SHAPES } from '../../../src/lib/synth/effects/reverb-bus.ts';
import { findStyle } from '../../../src/lib/synth/music/styles/styles.ts';
import { renderStem } from '../../../src/lib/synth/render.ts';

/** What is measured; the first three together are the full mix, the others are inside them. */
export type PartName = string;

/** The parts of a full mix by name, each of which does its work once over the whole duration. */
export function partsOf(score: Score): Record<PartName, () => void | Promise<void>> {
  const style = findStyle(score.music!.style);
  const rooms = { hall: style.hall, room: style.room, open: REVERB_SHAPES.open };
  return {
    music: () => play(score, 'music'),
    effects: () => play(score, 'effects'),
    mastering: () => master(score.durationSeconds),
    ...Object.fromEntries(
      score.layers.map((layer) => [
        `· ${layer.recipe}`,
        () => {
          const track = placeLayer(score, layer);
          const source = openLayer(track);
          eachBlock(track.endFrame - track.startFrame, (left, right) => source(left, right, 0, BLOCK_FRAMES));
        },
      ]),
    ),
    '· one-shots': () => play({ ...score, layers: [] }, 'effects'),
    ...Object.fromEntries(
      Object.entries(rooms).map(([name, shape]) => [
        `· reverb, ${name}`,
        () => {
          const reverb = new Reverb(shape);
          const [a, b] = [new Float32Array(BLOCK_FRAMES), new Float32Array(BLOCK_FRAMES)];
          for (const side of [a, b]) new WhiteNoise(random(name)).fill(side);
          eachBlock(score.durationSeconds * SAMPLE_RATE, (left, right) => reverb.add(a, b, left, right));
        },
      ]),
    ),
  };
}

function play(score: Score, stem: 'music' | 'effects'): void {
  let frames = 0;
  for (const { left } of renderStem(score, stem)) frames += left.length;
  if (frames !== Math.round(score.durationSeconds * SAMPLE_RATE)) throw new Error('Frames are missing.');
}

function eachBlock(frames: number, use: (left: Float32Array, right: Float32Array) => void): void {
  const left = new Float32Array(BLOCK_FRAMES);
  const right = new Float32Array(BLOCK_FRAMES);
  for (let at = 0; at < frames; at += BLOCK_FRAMES) {
    left.fill(0);
    right.fill(0);
    use(left, right);
  }
}

/** Both passes of the mixing step over two stems of noise, with the meter that checks what was written. */
async function master(durationSeconds: number): Promise<void> {
  const frames = Math.round(durationSeconds * SAMPLE_RATE);
  const pcm = Int16Array.from({ length: 2 * 480_000 }, (_, i) => ((i * 7919) % 20_011) - 10_005);
  const strip = {
    gain: 0.7,
    frames,
    duck: null,
    read: (_: number, count: number) => Promise.resolve(pcm.subarray(0, 2 * count)),
  };
  const meter = new LoudnessMeter(SAMPLE_RATE);
  const target = {
    write: (left: Float32Array, right: Float32Array) => meter.add([left, right], 0, left.length),
    get loudnessLufs() {
      return meter.loudnessLufs;
    },
  };
  const fades = { inFrames: 240, outFrames: 48_000 };
  await masterMix(
    { strips: [strip, strip], frames, fades, duckStepFrames: 4800 },
    -14,
    () => Promise.resolve(target),
    () => Promise.resolve(),
    () => undefined,
  );
}
