import type { SoundtrackRequest } from '#lib/job/score.ts';
import { clamp, smoothstep } from '../../dsp/maths.ts';
import type { Style } from '../style.ts';

/** A section before it has chords. */
export interface SectionFrame {
  name: string;
  startSeconds: number;
  endSeconds: number;
  tempoBpm: number;
  beats: number;
  intensity: number;
}

/** Cuts of at least this weight begin a section. */
const MIN_CUT_WEIGHT = 0.5;
/** Less than the shortest scene that is found by default: every scene begins a section. */
const MIN_SECTION_SECONDS = 1.9;
/** Largest share of the film for the last chord, where the beats allow it. */
const LONGEST_ENDING = 0.15;

/**
 * Plans the form: strong cuts and the last chord become bar lines, for which the tempo of each interval between them is
 * adjusted a little; long intervals are divided into sections of eight or four bars.
 */
export function planSections(
  request: Pick<SoundtrackRequest, 'durationSeconds' | 'cuts' | 'curve' | 'mood'>,
  style: Style,
  wantedBpm: number,
  beatsPerBar: number,
): { tempoBpm: number; sections: SectionFrame[] } {
  const { durationSeconds } = request;
  const anchors = [0, ...strongCuts(request)];
  const tempoBpm = findTempo(anchors, durationSeconds, wantedBpm, beatsPerBar);
  const beat = 60 / tempoBpm;
  const ending = endingStart(anchors[anchors.length - 1]!, durationSeconds, beat, beatsPerBar);
  const edges = ending > 0 ? [...anchors.filter((at) => at < ending - 0.5), ending] : [0];
  const frames: SectionFrame[] = [];
  for (let k = 0; k + 1 < edges.length; k++)
    frames.push(...divide(edges[k]!, edges[k + 1]!, beat, beatsPerBar, durationSeconds));
  const last = edges[edges.length - 1]!;
  const beats = Math.max(1, Math.round((durationSeconds - last) / beat));
  frames.push({
    name: 'ending',
    startSeconds: last,
    endSeconds: durationSeconds,
    tempoBpm: (60 * beats) / Math.max(0.01, durationSeconds - last),
    beats,
    intensity: 0,
  });
  nameAndShape(frames, request, style);
  return { tempoBpm, sections: frames };
}

function strongCuts({
  cuts,
  durationSeconds,
}: Pick<SoundtrackRequest, 'cuts' | 'durationSeconds'>): number[] {
  const chosen: number[] = [];
  const heaviestFirst = cuts
    .filter((cut) => cut.weight >= MIN_CUT_WEIGHT)
    .sort((a, b) => b.weight - a.weight || a.atSeconds - b.atSeconds);
  for (const { atSeconds } of heaviestFirst) {
    if (atSeconds < 1.2 || atSeconds > durationSeconds - 1.2) continue;
    if (chosen.every((other) => Math.abs(other - atSeconds) >= MIN_SECTION_SECONDS)) chosen.push(atSeconds);
  }
  return chosen.sort((a, b) => a - b);
}

/** The tempo within 11 % of the wanted one that needs the least adjustment and leaves the fewest incomplete bars. */
function findTempo(
  anchors: readonly number[],
  durationSeconds: number,
  wantedBpm: number,
  beatsPerBar: number,
): number {
  let best = wantedBpm;
  let bestCost = Infinity;
  for (let k = -36; k <= 36; k++) {
    const bpm = wantedBpm * (1 + k * 0.003);
    let cost = Math.abs(k) * 0.004 * Math.max(1, anchors.length * 0.5);
    for (let q = 0; q + 1 < anchors.length; q++) {
      const length = ((anchors[q + 1]! - anchors[q]!) * bpm) / 60;
      const beats = Math.max(2, Math.round(length));
      const stretch = Math.abs(beats / length - 1);
      cost += stretch * 6 + (stretch > 0.05 ? 1 : 0);
      cost += beats % beatsPerBar === 0 ? 0 : beats % 2 === 0 ? 0.12 : 0.25;
    }
    if (cost < bestCost) {
      bestCost = cost;
      best = bpm;
    }
  }
  // Two decimals, since people read the score.
  return Math.round(best * 100) / 100;
}

/**
 * Where the last chord begins: a bar line (or at least a beat) that leaves it 0.6 … 2.4 s, at most about 15 % of a short
 * film. The tempo before it is adjusted where no beat falls there.
 */
function endingStart(lastAnchor: number, durationSeconds: number, beat: number, beatsPerBar: number): number {
  const ring = clamp(durationSeconds * 0.12, 0.6, 2.4);
  const free = durationSeconds - ring - lastAnchor;
  // In a short clip half a bar counts: the last chord must not be most of the piece.
  const unit = beat * (durationSeconds < 20 ? 1 : beatsPerBar);
  const units = Math.floor(free / unit + 1e-9);
  if (units >= 1) {
    const start = lastAnchor + units * unit;
    const longest = Math.max(LONGEST_ENDING * durationSeconds, ring);
    // Bars end too early: the interval is stretched to the whole beats that fill it, by a few percent.
    const isLate = durationSeconds - start <= longest || units * unit < 4 * beat;
    return isLate ? start : durationSeconds - longest;
  }
  const beats = Math.floor(free / beat + 1e-9);
  if (beats >= 2) return lastAnchor + beats * beat;
  return lastAnchor;
}

/** Divides one interval into sections of whole bars; the tempo is adjusted so that the interval ends on a beat. */
function divide(
  start: number,
  end: number,
  beat: number,
  beatsPerBar: number,
  durationSeconds: number,
): SectionFrame[] {
  const length = end - start;
  const beats = Math.max(1, Math.round(length / beat));
  const exact = length / beats;
  const barsPerSection = durationSeconds > 75 ? 8 : 4;
  const bars = Math.floor(beats / beatsPerBar);
  const count = Math.max(1, Math.round(bars / barsPerSection));
  const frames: SectionFrame[] = [];
  let beatsDone = 0;
  for (let k = 0; k < count; k++) {
    const isLast = k === count - 1;
    const upTo = isLast ? beats : evenBars(((k + 1) * bars) / count) * beatsPerBar;
    if (upTo <= beatsDone) continue;
    frames.push({
      name: '',
      startSeconds: start + beatsDone * exact,
      endSeconds: isLast ? end : start + upTo * exact,
      tempoBpm: 60 / exact,
      beats: upTo - beatsDone,
      intensity: 0,
    });
    beatsDone = upTo;
  }
  return frames;
}

function evenBars(bars: number): number {
  return Math.max(2, Math.round(bars / 2) * 2);
}

/** Sets the intensity and the name of every section. */
function nameAndShape(
  frames: SectionFrame[],
  request: Pick<SoundtrackRequest, 'durationSeconds' | 'curve' | 'mood'>,
  style: Style,
): void {
  const { durationSeconds, curve, mood } = request;
  const whole = meanMotion(curve, 0, durationSeconds) ?? 0;
  const arcs = Math.max(1, Math.round(durationSeconds / 110));
  frames.forEach((frame, k) => {
    const middle = (frame.startSeconds + frame.endSeconds) / 2 / durationSeconds;
    const isEnding = k === frames.length - 1;
    // A long piece repeats its curve of intensity; only the first one starts from a low value.
    const place = middle * arcs;
    const arc = Math.min(arcs - 1, Math.floor(place));
    let value = formAt(style.form, place - arc, k);
    if (arc > 0) value = Math.max(value, 0.36);
    // A short clip has no time for a build-up.
    if (durationSeconds < 14) value = Math.max(value, 0.6);
    const motion = meanMotion(curve, frame.startSeconds, frame.endSeconds);
    if (motion !== undefined) value += clamp((motion - whole) * 0.7, -0.2, 0.25);
    value = clamp(value * (0.92 + 0.22 * mood.arousal) + 0.06 * mood.arousal, 0.12, 1);
    frame.intensity = Math.round((isEnding ? value * 0.75 : value) * 100) / 100;
  });
  const body = frames.slice(0, -1);
  const peak = body.reduce(
    (best, frame, k) => (frame.intensity > (body[best]?.intensity ?? 0) ? k : best),
    0,
  );
  frames.forEach((frame, k) => {
    if (k === frames.length - 1) frame.name = 'ending';
    else if (k === 0) frame.name = body.length > 1 ? 'intro' : 'theme';
    else if (k === peak) frame.name = 'peak';
    else if (frame.intensity < body[k - 1]!.intensity - 0.08) frame.name = k > peak ? 'return' : 'break';
    else frame.name = k < peak ? 'build' : 'theme';
  });
}

function formAt(form: Style['form'], x: number, k: number): number {
  if (form === 'even') return 0.6;
  if (form === 'rise') return 0.34 + 0.62 * smoothstep(x / 0.72) - (k % 4 === 3 ? 0.2 : 0);
  if (form === 'waves')
    return 0.42 + 0.34 * smoothstep(x / 0.4) - (x > 0.85 ? 0.2 : 0) + (k % 2 ? 0.14 : -0.08);
  return 0.26 + 0.68 * smoothstep(x / 0.6) - 0.5 * smoothstep((x - 0.74) / 0.26);
}

function meanMotion(curve: SoundtrackRequest['curve'], start: number, end: number): number | undefined {
  let sum = 0;
  let count = 0;
  for (const { atSeconds, motion } of curve) {
    if (atSeconds < start || atSeconds >= end) continue;
    sum += motion;
    count++;
  }
  return count > 0 ? sum / count : undefined;
}
