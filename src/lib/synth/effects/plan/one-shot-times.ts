import type { SoundtrackRequest } from '#lib/job/score.ts';
import type { Random } from '../../dsp/random.ts';
import type { OneShotDef } from '../sound-def.ts';

/** Mean time from one occurrence to the next in seconds; 9 for those not listed. */
const PAUSE_SECONDS: Readonly<Record<string, number>> = {
  ...{ kick: 3, bounce: 1.6, tennis: 1.7, bat: 7, smack: 5 },
  ...{ cutlery: 3.5, clink: 6, cup: 6, page: 6, snip: 2, chopping: 5, drip: 3, 'mouse-click': 2.5 },
  ...{ 'church-bell': 2.4, thunder: 12, 'car-pass': 7, 'truck-pass': 12, plane: 25, fireworks: 3 },
  ...{
    phone: 20,
    siren: 40,
    'train-horn': 25,
    'ship-horn': 25,
    applause: 30,
    cheer: 20,
    riser: 30,
    elephant: 15,
    bear: 15,
  },
  ...{ gulls: 5, cat: 10, shutter: 5, splash: 6 },
};

/** Sounds that are placed on cuts rather than at random. */
const ON_CUTS = new Set(['whoosh', 'impact']);

/**
 * The times in seconds of a one-shot that words ask for: at random intervals of 0.6 … 1.4 times its mean pause; for film
 * sounds and applause relative to the cuts (of weight 0.5 and more) or to the end.
 */
export function oneShotTimes(
  sound: OneShotDef,
  request: Pick<SoundtrackRequest, 'durationSeconds' | 'cuts'>,
  random: Random,
): number[] {
  const { durationSeconds } = request;
  const last = durationSeconds - Math.min(sound.seconds, durationSeconds * 0.5);
  const cuts = request.cuts.filter(({ weight }) => weight >= 0.5).map(({ atSeconds }) => atSeconds);
  if (ON_CUTS.has(sound.name) && cuts.length > 0) return spaced(cuts, 2);
  if (sound.name === 'riser') return [Math.max(0, (cuts[0] ?? durationSeconds * 0.8) - sound.seconds)];
  if (sound.name === 'applause') return [Math.max(0, durationSeconds - sound.seconds - 0.3)];
  const pause = PAUSE_SECONDS[sound.name] ?? 9;
  const times: number[] = [];
  let at = Math.min(last * 0.6, random.between(0.12, 0.4) * Math.min(pause, 8));
  while (at <= last) {
    times.push(at);
    at += pause * random.between(0.6, 1.4);
  }
  return times;
}

function spaced(times: readonly number[], leastSeconds: number): number[] {
  const kept: number[] = [];
  for (const at of [...times].sort((a, b) => a - b)) {
    if (at - (kept.at(-1) ?? -Infinity) >= leastSeconds) kept.push(at);
  }
  return kept;
}
