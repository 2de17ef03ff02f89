import type { FrameFeatures, Regions } from '#lib/job/entries/features.ts';
import { clamp, eitherOf, mean } from '#lib/media/pixels/statistics.ts';

/** Likelihood of visible sky, sea, plants or flowing water. */
export function natureLikelihood({ sky, sea, vegetation, water = 0 }: Regions): number {
  return eitherOf(sky, sea, vegetation, 0.8 * water);
}

/**
 * 0 indoors … 1 outdoors, in log odds: without evidence slightly more likely indoors; sky, sea and plants are evidence
 * for outdoors (weak evidence less than in proportion), warm light without them (lamps, wood) for indoors.
 */
export function outdoorLikelihood(regions: Regions, warmth: number): number {
  const nature = natureLikelihood(regions);
  const logOdds = -0.6 + 3.6 * nature ** 1.5 - 2 * clamp(warmth, 0, 1) * (1 - nature);
  return 1 / (1 + Math.exp(-logOdds));
}

/** All regions. */
export const REGION_NAMES = [
  'sky',
  'sea',
  'vegetation',
  'fire',
  'snow',
  'sunset',
  'night',
  'lights',
  'water',
  'rain',
] as const;

/** The regions of a clip: the mean of the likelier half of its frames, since a region may be visible in few shots. */
export function regionsOf(frames: readonly Pick<FrameFeatures, 'regions'>[]): Required<Regions> {
  const upperHalf = (name: keyof Regions) => {
    const likelihoods = frames.map(({ regions }) => regions[name] ?? 0).sort((one, other) => other - one);
    return mean(likelihoods.slice(0, Math.ceil(likelihoods.length / 2)));
  };
  return Object.fromEntries(REGION_NAMES.map((name) => [name, upperHalf(name)])) as Required<Regions>;
}
