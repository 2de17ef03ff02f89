import type { MotionOnset, SoundtrackRequest } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import { random } from '../../dsp/random.ts';
import { sumOfLevels } from '../../evidence/evidence.ts';
import type { ObjectTrack } from '../../evidence/object-track.ts';
import { overlap, seedOfScene, type SeenScene, type Sight } from '../../evidence/sight.ts';
import { COCO_LABELS, type LabelRule } from '../../words/coco-labels.ts';
import { findSound } from '../sounds.ts';
import type { AmbienceCandidate, OneShotCandidate } from './candidate.ts';
import { crowdsIn } from './crowds.ts';
import { isHitOften, isQuiet, needsCompany, runsInPicture } from './habits.ts';
import { occurrencesOf } from './occurrences.ts';
import { passesOf } from './passes.ts';

/** An ambience of a thing begins and ends this long before and after it is seen, and fades meanwhile. */
const MARGIN_SECONDS = 0.6;
const FADE_SECONDS = 0.8;
/** Shorter ambiences are not worth hearing. */
const SHORTEST_SECONDS = 0.8;
/** Continuous sounds of things stay behind single ones by this much. */
const BEHIND_EVENTS_DB = 5;
/** How far from a box an onset belongs to it, and how far from a person a thing is in reach, in picture sizes. */
const MARGIN = 0.05;
const REACH = 0.12;
/** With more people, steps are those of a crowd. */
const MOST_WALKERS = 3;

/** Turns what is seen into ambiences and one-shots: when, from which side, how near. One thing is planned once. */
export function candidatesFromTracks(
  sight: Sight,
  request: SoundtrackRequest,
): { ambiences: AmbienceCandidate[]; oneShots: OneShotCandidate[] } {
  const ambiences: AmbienceCandidate[] = [];
  const oneShots = new Map<string, OneShotCandidate>();
  const add = (found: OneShotCandidate) => {
    const known = oneShots.get(found.recipe);
    if (!known) oneShots.set(found.recipe, found);
    else {
      known.weight = Math.max(known.weight, found.weight);
      known.occurrences.push(...found.occurrences);
    }
  };
  for (const scene of sight.scenes) {
    // A screen, a title or a test pattern shows pictures of things, not things.
    if (scene.place.place.day === null) continue;
    ambiences.push(...crowdsIn(scene));
    for (const found of passesOf(scene, request.seed)) add(found);
    for (const [label, tracks] of byLabel(scene)) {
      const rule = COCO_LABELS[label]!;
      if (label === 'person' && !isWalk(scene)) continue;
      if (isQuiet(label, scene)) continue;
      if (needsCompany(label) && !hasCompany(label, scene)) continue;
      if (rule.ambience) ambiences.push(...ambiencesOf(tracks, rule, scene, sight.isStill));
      if (rule.oneShot && rule.trigger !== 'crossing' && findSound(rule.oneShot)?.kind === 'oneShot') {
        const stream = random(`${seedOfScene(scene, request.seed)}/seen/${label}/${scene.index}`);
        const seen = {
          tracks,
          rule,
          scene,
          isStill: sight.isStill,
          onsets: onsetsOf(tracks, scene, request.onsets),
        };
        const occurrences = occurrencesOf(seen, stream);
        const recipe = isHitOften(label, occurrences.length, scene) ? 'kick' : rule.oneShot;
        const common = { because: label, from: 'picture' as const, weight: weightOf(tracks) };
        if (occurrences.length > 0) add({ recipe, ...common, occurrences });
      }
    }
  }
  return { ambiences, oneShots: [...oneShots.values()] };
}

/** The tracks of a scene that are heard, by label. */
function byLabel({ tracks }: SeenScene): Map<string, ObjectTrack[]> {
  const groups = new Map<string, ObjectTrack[]>();
  for (const track of tracks.filter(({ evidence }) => evidence.isHeard))
    groups.set(track.label, [...(groups.get(track.label) ?? []), track]);
  return groups;
}

/** Priority from the power of all things of a kind: many small ones may lead a large one. */
export function weightOf(tracks: readonly ObjectTrack[]): number {
  const level = sumOfLevels(tracks.map(({ evidence }) => evidence.levelDb));
  return clamp(0.2 + (0.6 * (level + 20)) / 30, 0.1, 0.85);
}

/** Few people walk so that their steps are single ones. */
function isWalk({ tracks }: SeenScene): boolean {
  const people = tracks.filter(({ label, evidence }) => label === 'person' && evidence.certainty >= 0.5);
  return people.length <= 2 * MOST_WALKERS && mostAtOnce(people) <= MOST_WALKERS;
}

function mostAtOnce(tracks: readonly ObjectTrack[]): number {
  return tracks.reduce((most, { startSeconds }) => {
    const count = tracks.filter((t) => t.startSeconds <= startSeconds && t.endSeconds > startSeconds).length;
    return Math.max(most, count);
  }, 0);
}

/** Things that only sound when somebody uses them: a person is in sight, or several of them lie on a table. */
function hasCompany(label: string, { tracks }: SeenScene): boolean {
  const others = tracks.filter((track) => track.label !== label && track.evidence.certainty >= 0.5);
  return others.some((track) => track.label === 'person' || needsCompany(track.label));
}

function ambiencesOf(
  tracks: readonly ObjectTrack[],
  rule: LabelRule,
  scene: SeenScene,
  isStill: boolean,
): AmbienceCandidate[] {
  const isOnlyMoving = rule.trigger === 'moving';
  return tracks.flatMap((track) => {
    if (isStill && isOnlyMoving && !runsInPicture(track.label)) return [];
    if (track.label === 'person' && !hasFeet(track)) return [];
    const whole: [number, number][] = [[track.startSeconds, track.endSeconds]];
    const stretches = isOnlyMoving && !isStill ? track.movingStretches() : whole;
    return stretches
      .map(([start, end]) => within(start, end, scene))
      .filter(([start, end]) => end - start >= SHORTEST_SECONDS)
      .map(([startSeconds, endSeconds]) => ({
        recipe: track.label === 'person' ? (scene.place.place.ground ?? rule.ambience!) : rule.ambience!,
        because: track.label,
        from: 'picture' as const,
        weight: weightOf([track]),
        startSeconds,
        endSeconds,
        fadeInSeconds: Math.min(FADE_SECONDS, (endSeconds - startSeconds) / 2),
        fadeOutSeconds: Math.min(FADE_SECONDS, (endSeconds - startSeconds) / 2),
        ...heardAs(track, rule.gainDb - BEHIND_EVENTS_DB),
        pan: track.panAt((startSeconds + endSeconds) / 2) * 0.8,
        intensity: clamp(0.35 + 0.3 * track.speed, 0.2, 0.9),
      }));
  });
}

/** Level and distance of a track. The channel strip makes distant sounds quieter by 18 dB; the evidence has done so. */
function heardAs({ evidence, distance }: ObjectTrack, gainDb: number): { gainDb: number; distance: number } {
  const far = distance * 0.7;
  return { gainDb: gainDb + evidence.levelDb + 18 * far, distance: far };
}

/** A little longer than it is seen, but not beyond its scene. */
function within(start: number, end: number, scene: SeenScene): [number, number] {
  return [
    Math.max(scene.startSeconds, start - MARGIN_SECONDS),
    Math.min(scene.endSeconds, end + MARGIN_SECONDS),
  ];
}

/** A person whose whole figure is in sight: upright, and not cut off at the lower edge. */
function hasFeet({ detected }: ObjectTrack): boolean {
  const whole = detected.filter((box) => box.height > 1.3 * box.width && box.y + box.height < 0.985);
  return whole.length >= detected.length / 2;
}

/**
 * The motion onsets in a scene at the boxes of some tracks; for what is hit by somebody also at those of the person beside
 * it, since the looks are too rare to follow a ball.
 */
function onsetsOf(
  tracks: readonly ObjectTrack[],
  scene: SeenScene,
  onsets: readonly MotionOnset[] | undefined,
): MotionOnset[] {
  const isHit = tracks.some(({ label }) => COCO_LABELS[label]!.trigger === 'hits');
  const people = isHit
    ? scene.tracks.filter(({ label, evidence }) => label === 'person' && evidence.isHeard)
    : [];
  return (onsets ?? []).filter(({ atSeconds, x, y }) => {
    if (atSeconds < scene.startSeconds || atSeconds >= scene.endSeconds) return false;
    const isAt = (track: ObjectTrack, margin = MARGIN) => {
      if (overlap(track, { startSeconds: atSeconds, endSeconds: atSeconds }) < 0) return false;
      return covers(track.boxAt(atSeconds), { x, y }, margin);
    };
    const players = people.filter((person) => tracks.some((track) => isBeside(person, track, atSeconds)));
    return tracks.some((track) => isAt(track)) || players.some((person) => isAt(person, 0));
  });
}

/** Whether a thing is in reach of a person, as far as both are seen at about that time. */
function isBeside(person: ObjectTrack, track: ObjectTrack, atSeconds: number): boolean {
  const { x, y, width, height } = track.boxAt(atSeconds);
  return covers(person.boxAt(atSeconds), { x: x + width / 2, y: y + height / 2 }, REACH);
}

type Place = Pick<ReturnType<ObjectTrack['boxAt']>, 'x' | 'y' | 'width' | 'height'>;

function covers(box: Place, { x, y }: { x: number; y: number }, margin: number): boolean {
  const [reachX, reachY] = [margin + box.width / 2, margin + box.height / 2];
  return Math.abs(x - box.x - box.width / 2) < reachX && Math.abs(y - box.y - box.height / 2) < reachY;
}
