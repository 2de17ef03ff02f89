import type { MotionOnset } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import type { ObjectTrack } from '../../evidence/object-track.ts';
import type { SeenScene } from '../../evidence/sight.ts';
import type { LabelRule } from '../../words/coco-labels.ts';
import type { Occurrence } from './candidate.ts';
import { callsInPicture } from './habits.ts';

/** How far a sound may be moved to the motion that makes it, and a call, whose time is free, to one of its thing. */
const SNAP_SECONDS = 0.6;
const SNAP_CALL_SECONDS = 2.5;
/** A weaker onset is no hit. */
const HIT_STRENGTH = 0.3;
const LEAST_HIT_GAP_SECONDS = 0.25;
/** Mean time between the calls of one thing, and between hits that can't be seen. */
const CALL_SECONDS = 5.3;
const UNSEEN_HIT_SECONDS = 2.6;
const SEEN_LONG_SECONDS = 3;

/** The things of one kind in a scene, and the motion onsets at their places. */
export interface SeenKind {
  tracks: readonly ObjectTrack[];
  rule: LabelRule;
  scene: SeenScene;
  isStill: boolean;
  onsets: readonly MotionOnset[];
}

/**
 * When the things of one kind in a scene are heard: on the motion onsets at their place where there are some, else at
 * times that their rule and the seed choose while one is in sight. A thing that only one look saw is heard at most once.
 */
export function occurrencesOf(kind: SeenKind, random: Random): Occurrence[] {
  const { tracks, rule, onsets } = kind;
  const hits = rule.trigger === 'hits';
  const times = timesOf(kind, random);
  const found = times
    .map(({ at, track, isTied }) => {
      const reach = rule.trigger === 'sometimes' ? SNAP_CALL_SECONDS : SNAP_SECONDS;
      const onset = isTied ? null : nearest(onsets, at, reach);
      return occurrence(onset ?? at, track, kind, isTied || onset !== null);
    })
    .sort((a, b) => a.atSeconds - b.atSeconds);
  const gap = hits ? LEAST_HIT_GAP_SECONDS : 1;
  const spaced = found.filter((each, i) => i === 0 || each.atSeconds - found[i - 1]!.atSeconds >= gap);
  return tracks.every((track) => track.isSingle) ? spaced.slice(0, 1) : spaced;
}

interface Time {
  at: number;
  track: ObjectTrack;
  isTied: boolean;
}

function timesOf({ tracks, rule, scene, isStill, onsets }: SeenKind, random: Random): Time[] {
  const loudest = [...tracks].sort((a, b) => b.evidence.levelDb - a.evidence.levelDb)[0]!;
  const at = (seconds: number) => visibleAt(tracks, seconds) ?? loudest;
  const start = Math.max(scene.startSeconds, Math.min(...tracks.map((track) => track.startSeconds)));
  const end = Math.min(scene.endSeconds, Math.max(...tracks.map((track) => track.endSeconds)));
  switch (rule.trigger) {
    case 'once':
    case 'visible':
    case 'moving': {
      const longest = Math.max(...tracks.map((track) => track.seconds));
      if (rule.trigger !== 'once' && longest < SEEN_LONG_SECONDS) return [];
      const isGoing = isStill ? callsInPicture(loudest.label) : tracks.some((track) => track.isMoving);
      if (rule.trigger === 'moving' && !isGoing) return [];
      const first = Math.max(scene.startSeconds, loudest.startSeconds);
      const when = first + Math.min(0.25 * loudest.seconds, random.between(0.5, 1.5));
      return [{ at: when, track: loudest, isTied: false }];
    }
    case 'hits': {
      if (isStill) return [];
      const strong = onsets.filter(({ strength }) => strength >= HIT_STRENGTH);
      if (strong.length > 0)
        return strong.map(({ atSeconds }) => ({ at: atSeconds, track: at(atSeconds), isTied: true }));
      if (!loudest.isSparse)
        return tracks.flatMap((track) => track.turns().map((turn) => ({ at: turn, track, isTied: true })));
      if (!tracks.some((track) => track.isMoving)) return [];
      return timesEvery(UNSEEN_HIT_SECONDS, start + 0.6, end - 0.3, random).map((seconds) => ({
        at: seconds,
        track: at(seconds),
        isTied: false,
      }));
    }
    case 'sometimes':
      if (end - start < 1) return [{ at: start + 0.2 * (end - start), track: loudest, isTied: false }];
      return timesEvery(CALL_SECONDS, start + 0.4, end - 0.3, random)
        .filter((seconds) => visibleAt(tracks, seconds) !== null)
        .map((seconds) => ({ at: seconds, track: at(seconds), isTied: false }));
    case 'crossing':
    case 'silent':
      return [];
  }
}

/** The loudest of some tracks that is in sight at a time; null for none. */
function visibleAt(tracks: readonly ObjectTrack[], seconds: number): ObjectTrack | null {
  const seen = tracks.filter((track) => seconds >= track.startSeconds && seconds <= track.endSeconds);
  return seen.sort((a, b) => b.evidence.levelDb - a.evidence.levelDb)[0] ?? null;
}

function nearest(onsets: readonly MotionOnset[], seconds: number, reach: number): number | null {
  const near = onsets
    .map(({ atSeconds }) => atSeconds)
    .filter((at) => Math.abs(at - seconds) <= reach)
    .sort((a, b) => Math.abs(a - seconds) - Math.abs(b - seconds));
  return near[0] ?? null;
}

/** Times this many seconds apart on average, unevenly, so that they don't sound like a clock. */
function timesEvery(seconds: number, start: number, end: number, random: Random): number[] {
  const times: number[] = [];
  let at = start + random.between(0, 0.3) * Math.min(seconds, Math.max(0, end - start));
  while (at <= end && times.length < 200) {
    times.push(at);
    at += seconds * random.between(0.7, 1.4);
  }
  return times;
}

function occurrence(
  atSeconds: number,
  track: ObjectTrack,
  { rule, scene }: SeenKind,
  isTied: boolean,
): Occurrence {
  const far = track.distance * 0.7;
  const pan = track.panAt(atSeconds);
  return {
    atSeconds,
    durationSeconds: 0,
    gainDb: rule.gainDb + track.evidence.levelDb + 18 * far,
    pan,
    panTo: pan,
    intensity: clamp(1 - track.distance, 0.2, 0.9),
    distance: far,
    isTied,
    sceneEndSeconds: scene.endSeconds,
  };
}
