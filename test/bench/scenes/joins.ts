/** How a planned soundtrack sounds where one scene follows another: loudness, sample steps, and where sections begin. */
import type { Score, SoundtrackRequest } from '../../../src/lib/job/score.ts';
import { KWeightedEnergy } from '../../../src/lib/media/audio/k-weighted-energy.ts';
import { LoudnessMeter } from '../../../src/lib/media/audio/loudness-meter.ts';
import { stemGains } from '../../../src/lib/media/audio/mix-gains.ts';
import type { Stereo } from '../../../src/lib/media/audio/stereo-queue.ts';
import { defaultOptions } from '../../../src/lib/job/options.ts';
import { planScore } from '../../../src/lib/synth/plan.ts';
import { renderStem } from '../../../src/lib/synth/render.ts';

const RATE = 48_000;
/** How far from a join its loudness is measured, and how near to it sample steps count, seconds. */
const AROUND_SECONDS = 0.4;
const STEP_SECONDS = 0.01;
/** What lies around a join up to this far tells which steps are usual, seconds. */
const USUAL_SECONDS = 0.5;
/** More is asked to be wrong: loudness in LU. */
export const MOST_LU = 3;
/** A step between two samples is a click when it is larger than this and this many times the usual one. */
const CLICK_STEP = 0.02;
const CLICK_SHARE = 1.5;

/** One join. */
export interface Join {
  atSeconds: number;
  /** Loudness after it less that before it, LU: of the mix, and of the effects alone. */
  mixLu: number;
  effectsLu: number;
  /** The steps of the effects, which cross over here. */
  steps: Steps;
  /** Loudness of the music after it less that before it, LU. */
  musicLu: number;
  /** From the nearest start of a section of the music, seconds. */
  sectionSeconds: number;
}

/** Steps between neighbouring samples around a join: noise has large ones everywhere, a click is larger than those. */
export interface Steps {
  /** The largest one within 10 ms, and the largest one of the second around it. */
  largest: number;
  usual: number;
  isClick: boolean;
}

/** Plans and renders a request, and measures its joins as the mix plays them with even faders. */
export function measureJoins(request: SoundtrackRequest): Join[] {
  const score = planScore({ ...request, kind: 'both' });
  const music = render(score, 'music');
  const effects = render(score, 'effects');
  const stems = {
    music: { loudnessLufs: loudnessOf(music) },
    effects: { loudnessLufs: loudnessOf(effects) },
    voice: null,
    original: null,
  };
  const gains = stemGains(defaultOptions().all.mix, stems);
  const sum = (of: 'left' | 'right') =>
    music[of].map((sample, at) => gains.music * sample + gains.effects * effects[of][at]!);
  const mix = { left: sum('left'), right: sum('right') };
  const starts = score.music!.sections.map(({ startSeconds }) => startSeconds);
  return (request.scenes ?? []).slice(1).map(({ startSeconds: atSeconds }) => ({
    atSeconds,
    mixLu: change(mix, atSeconds),
    effectsLu: change(effects, atSeconds),
    musicLu: change(music, atSeconds),
    steps: stepsAt(effects, atSeconds, gains.effects),
    sectionSeconds: Math.min(...starts.map((start) => Math.abs(start - atSeconds))),
  }));
}

function render(score: Score, stem: 'music' | 'effects'): Stereo {
  const frames = Math.round(score.durationSeconds * RATE);
  const sound = { left: new Float32Array(frames), right: new Float32Array(frames) };
  let at = 0;
  for (const { left, right } of renderStem(score, stem)) {
    sound.left.set(left, at);
    sound.right.set(right, at);
    at += left.length;
  }
  return sound;
}

function loudnessOf({ left, right }: Stereo): number | null {
  const meter = new LoudnessMeter(RATE, 2);
  meter.add([left, right]);
  return meter.loudnessLufs;
}

/** Loudness of the time after less that of the time before, LU; silence counts as -70 LUFS. */
function change({ left, right }: Stereo, atSeconds: number): number {
  const at = Math.round(atSeconds * RATE);
  const length = Math.round(AROUND_SECONDS * RATE);
  // The filters settle over the time before.
  const energy = new KWeightedEnergy(RATE, 2);
  const first = Math.max(0, at - 2 * length);
  energy.next([left, right], first, Math.max(first, at - length));
  const before = energy.next([left, right], Math.max(first, at - length), at);
  const after = energy.next([left, right], at, Math.min(left.length, at + length));
  const lufs = (sum: number) => Math.max(-70, -0.691 + 10 * Math.log10(sum / length + 1e-12));
  return lufs(after) - lufs(before);
}

/** The steps of a sound around a time, at a linear gain. */
export function stepsAt(sound: Stereo, atSeconds: number, gain = 1): Steps {
  const largest = gain * largestStep(sound, atSeconds, 0, STEP_SECONDS);
  const usual = gain * largestStep(sound, atSeconds, STEP_SECONDS, USUAL_SECONDS);
  return { largest, usual, isClick: largest > CLICK_STEP && largest > CLICK_SHARE * usual };
}

/** The largest step between two samples that are at least and at most so far from a time. */
function largestStep({ left, right }: Stereo, atSeconds: number, least: number, most: number): number {
  const first = Math.max(1, Math.round((atSeconds - most) * RATE));
  const end = Math.min(left.length, Math.round((atSeconds + most) * RATE));
  let largest = 0;
  for (let i = first; i < end; i++) {
    if (Math.abs(i / RATE - atSeconds) < least) continue;
    largest = Math.max(largest, Math.abs(left[i]! - left[i - 1]!), Math.abs(right[i]! - right[i - 1]!));
  }
  return largest;
}
