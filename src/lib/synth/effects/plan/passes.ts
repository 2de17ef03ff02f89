import { clamp } from '../../dsp/maths.ts';
import { random } from '../../dsp/random.ts';
import type { ObjectTrack } from '../../evidence/object-track.ts';
import { seedOfScene, type SeenScene } from '../../evidence/sight.ts';
import { COCO_LABELS } from '../../words/coco-labels.ts';
import type { OneShotCandidate, Occurrence } from './candidate.ts';

/** It is heard a little before and after it is seen. */
const MARGIN_SECONDS = 0.6;
const SHORTEST_SECONDS = 1.2;
const LONGEST_SECONDS = 8;
/** In a stream of vehicles one is heard singly about so often. */
const STREAM_SECONDS = 4;
/** Two passes may share this part of the shorter one: one fades while the next comes. */
const SHARED = 0.3;

interface Pass {
  track: ObjectTrack;
  startSeconds: number;
  endSeconds: number;
  occurrence: Occurrence;
}

/**
 * Vehicles that pass by, one at a time: from where each is seen first to where it is seen last, nearest when it is
 * largest. Parked ones are silent. Of vehicles that overlap in time the nearest, surest one is heard.
 */
export function passesOf(scene: SeenScene, seed: number): OneShotCandidate[] {
  const moving = scene.tracks.filter(
    (track) => COCO_LABELS[track.label]?.trigger === 'crossing' && track.evidence.isHeard && track.isMoving,
  );
  const stream = random(`${seedOfScene(scene, seed)}/passes/${scene.index}`);
  const all = moving
    .map((track) => passOf(track, scene))
    .filter((pass): pass is Pass => pass !== null)
    .sort((a, b) => b.track.evidence.levelDb - a.track.evidence.levelDb);
  const chosen: Pass[] = [];
  for (const pass of all) {
    const gap = moving.length > 4 ? STREAM_SECONDS * stream.between(0.4, 0.9) : 0;
    const isFree = chosen.every((other) => {
      const shared =
        Math.min(pass.endSeconds, other.endSeconds) - Math.max(pass.startSeconds, other.startSeconds);
      const shorter = Math.min(pass.endSeconds - pass.startSeconds, other.endSeconds - other.startSeconds);
      return shared + gap <= SHARED * shorter + gap * 0.5;
    });
    if (isFree) chosen.push(pass);
  }
  const byRecipe = new Map<string, OneShotCandidate>();
  for (const { track, occurrence } of chosen) {
    const recipe = COCO_LABELS[track.label]!.oneShot!;
    const known = byRecipe.get(recipe);
    if (known) known.occurrences.push(occurrence);
    else {
      const common = { because: track.label, from: 'picture' as const, weight: 0.7 };
      byRecipe.set(recipe, { recipe, ...common, occurrences: [occurrence] });
    }
  }
  return [...byRecipe.values()];
}

function passOf(track: ObjectTrack, scene: SeenScene): Pass | null {
  const rule = COCO_LABELS[track.label]!;
  const first = Math.max(scene.startSeconds, track.startSeconds - MARGIN_SECONDS);
  const last = Math.min(scene.endSeconds, track.endSeconds + MARGIN_SECONDS);
  const durationSeconds = Math.min(last - first, LONGEST_SECONDS);
  if (durationSeconds < SHORTEST_SECONDS) return null;
  const startSeconds = clamp(track.nearestSeconds - durationSeconds / 2, first, last - durationSeconds);
  const endSeconds = startSeconds + durationSeconds;
  // A stream of vehicles gives boxes of several ones: only the place of the nearest is sure.
  const nearest = track.panAt(track.nearestSeconds);
  const from = track.isStream ? nearest : track.panAt(Math.max(startSeconds, track.startSeconds));
  const to = track.isStream ? nearest : track.panAt(Math.min(endSeconds, track.endSeconds));
  const far = track.distance * 0.7;
  return {
    track,
    startSeconds,
    endSeconds,
    occurrence: {
      atSeconds: startSeconds,
      durationSeconds,
      gainDb: rule.gainDb + track.evidence.levelDb + 18 * far,
      pan: from,
      panTo: to,
      intensity: clamp(0.25 + 0.35 * track.speed, 0.2, 0.9),
      distance: far,
      isTied: true,
      sceneEndSeconds: scene.endSeconds,
    },
  };
}
