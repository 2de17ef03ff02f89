import type { SoundtrackRequest } from '#lib/job/score.ts';
import type { Random } from '../../dsp/random.ts';

/** Steps between neighbouring keys, semitones: the seed goes to related ones. */
const RELATED = [0, 7, 5, 2, 10];

/**
 * The tonic as a bass note within the range of a style. The brighter the picture, the higher the key that it suggests;
 * the seed takes it or one that is related to it. Without a picture every key is as likely.
 */
export function chooseTonic(
  [lowest, highest]: readonly [number, number],
  curve: SoundtrackRequest['curve'],
  random: Random,
): number {
  const keys = highest - lowest + 1;
  if (curve.length === 0) return random.integer(lowest, highest);
  const brightness = curve.reduce((sum, point) => sum + point.brightness, 0) / curve.length;
  const suggested = Math.floor(Math.min(0.999, brightness) * keys);
  return lowest + ((suggested + random.pick(RELATED)) % keys);
}
