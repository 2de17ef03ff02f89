import type { SoundtrackRequest } from '#lib/job/score.ts';
import { clamp, log } from '../../dsp/maths.ts';
import { COCO_LABELS, type LabelRule } from '../../words/coco-labels.ts';
import { findSound } from '../sounds.ts';
import type { ObjectTrack } from './object-track.ts';
import type { AmbienceCandidate, OneShotCandidate, Occurrence } from './candidate.ts';
import type { VisualContext } from './visual-context.ts';

/** Turns what is seen into ambiences and one-shots: when, from which side, how near. */
export function candidatesFromCues(
  visual: VisualContext,
  request: SoundtrackRequest,
): { ambiences: AmbienceCandidate[]; oneShots: OneShotCandidate[] } {
  const ambiences: AmbienceCandidate[] = [];
  const oneShots = new Map<string, OneShotCandidate>();
  const isStill = request.curve.length === 0;
  const isCrowd = visual.people >= 4;
  for (const track of visual.tracks) {
    const rule = COCO_LABELS[track.label]!;
    if (track.label === 'person' && isCrowd) continue;
    if (track.label === 'umbrella' && (visual.isBright || request.curve.length === 0)) continue;
    if (rule.ambience) ambiences.push(...ambiencesOf(track, rule.ambience, rule, isStill));
    if (rule.oneShot && findSound(rule.oneShot)?.kind === 'oneShot') {
      const occurrences = occurrencesOf(track, rule, isStill);
      const candidate = oneShots.get(rule.oneShot) ?? {
        recipe: rule.oneShot,
        because: track.label,
        weight: 0,
        occurrences: [],
      };
      candidate.weight = Math.max(candidate.weight, weightOf(track));
      candidate.occurrences.push(...occurrences);
      if (occurrences.length > 0) oneShots.set(rule.oneShot, candidate);
    }
  }
  return {
    ambiences: [...ambiences, ...ambiencesOfPlace(visual, request)],
    oneShots: [...oneShots.values()],
  };
}

function weightOf(track: ObjectTrack): number {
  return clamp(0.35 + 0.35 * track.score * Math.sqrt(Math.min(1, track.area * 3)), 0, 0.75);
}

/** Level in dB by the area of the object in the picture, -6 … 3; distance is modelled by the channel strip. */
function areaDb(track: ObjectTrack): number {
  return clamp(2.2 * log(Math.max(1e-4, track.area) / 0.12), -6, 3);
}

function ambiencesOf(
  track: ObjectTrack,
  recipe: string,
  rule: LabelRule,
  isStill: boolean,
): AmbienceCandidate[] {
  const whole: [number, number][] = [[track.startSeconds, track.endSeconds]];
  const stretches = rule.trigger === 'moving' && !isStill ? track.movingStretches() : whole;
  return stretches
    .filter(([start, end]) => end - start > 0.8)
    .map(([startSeconds, endSeconds]) => ({
      recipe,
      because: track.label,
      weight: weightOf(track),
      startSeconds,
      endSeconds,
      gainDb: rule.gainDb + areaDb(track),
      pan: track.panAt((startSeconds + endSeconds) / 2) * 0.8,
      intensity: clamp(0.4 + (track.speed ?? 0.1), 0, 0.9),
      distance: track.distance * 0.7,
    }));
}

function occurrencesOf(track: ObjectTrack, rule: LabelRule, isStill: boolean): Occurrence[] {
  const occurrence = (atSeconds: number, isTied = true): Occurrence => ({
    atSeconds,
    durationSeconds: 0,
    gainDb: rule.gainDb + areaDb(track),
    pan: track.panAt(atSeconds),
    panTo: track.panAt(atSeconds),
    intensity: clamp(1 - track.distance, 0.2, 0.9),
    distance: track.distance * 0.7,
    isTied,
  });
  const { startSeconds: start, endSeconds: end } = track;
  switch (rule.trigger) {
    case 'crossing':
      return crossing(track, occurrence, isStill);
    case 'once':
    case 'visible':
    case 'moving': {
      const seldom = rule.trigger !== 'once' && track.seconds < 3;
      return seldom ? [] : [occurrence(Math.min(start + 0.25 * track.seconds, start + 1), false)];
    }
    case 'hits': {
      if (!track.isSparse) return track.turns().map((at) => occurrence(at));
      return track.isMoving || isStill
        ? every(2.6, start + 0.6, end - 0.3).map((at) => occurrence(at, false))
        : [];
    }
    case 'sometimes':
      return every(5.3, start + 0.4, end - 0.3).map((at) => occurrence(at, false));
    case 'silent':
      return [];
  }
}

/** A vehicle passes by while it is visible, for 2.5 … 8 s; a parked one is silent. */
function crossing(
  track: ObjectTrack,
  occurrence: (at: number) => Occurrence,
  isStill: boolean,
): Occurrence[] {
  if (!isStill && !track.isMoving) return [];
  const durationSeconds = clamp(track.seconds, 2.5, 8);
  const at = isStill ? 0.4 : Math.max(0, (track.startSeconds + track.endSeconds - durationSeconds) / 2);
  const from = track.panAt(track.startSeconds);
  const to = track.panAt(track.endSeconds);
  const [pan, panTo] =
    isStill || !track.isCrossing ? [from, to] : [Math.sign(from - to) * 0.9, Math.sign(to - from) * 0.9];
  return [{ ...occurrence(at), durationSeconds, pan, panTo }];
}

/** Times about this many seconds apart, unevenly (a fixed pattern) so that they don't sound like a clock. */
function every(seconds: number, start: number, end: number): number[] {
  const times: number[] = [];
  for (let at = start, k = 0; at <= end && k < 200; k++) {
    times.push(at);
    at += seconds * [1, 1.35, 0.75, 1.2, 0.9][k % 5]!;
  }
  return times;
}

/** Quiet ambiences for the place that the objects suggest. */
function ambiencesOfPlace(visual: VisualContext, request: SoundtrackRequest): AmbienceCandidate[] {
  const { hints, people, isDark } = visual;
  const found: [recipe: string, because: string, gainDb: number, weight: number, distance: number][] = [];
  if (people >= 4) found.push(['crowd', `${people} people`, -6, 0.55, 0.3]);
  if (hints.has('city')) found.push(['traffic', 'street', -7, 0.4, 0.25]);
  if (hints.has('water')) found.push(['sea', 'water', -4, 0.45, 0.2]);
  if (hints.has('meal') && people >= 2) found.push(['cafe', 'meal', -8, 0.4, 0.2]);
  if (hints.has('nature')) {
    found.push(isDark ? ['crickets', 'dark picture', -8, 0.3, 0.2] : ['breeze', 'nature', -8, 0.3, 0]);
  }
  if (hints.has('indoors') && !hints.has('city') && !hints.has('water') && !hints.has('nature')) {
    found.push(['room-tone', 'room', -10, 0.25, 0]);
  }
  return found.map(([recipe, because, gainDb, weight, distance]) => ({
    recipe,
    because,
    weight,
    startSeconds: 0,
    endSeconds: request.durationSeconds,
    gainDb,
    pan: 0,
    intensity:
      recipe === 'crowd' ? clamp(people / 12, 0.3, 1) : clamp(0.45 + 0.2 * request.mood.arousal, 0.2, 0.8),
    distance,
  }));
}
