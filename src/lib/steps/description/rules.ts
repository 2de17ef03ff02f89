import type { FrameFeatures, FeaturesOutput } from '#lib/job/entries/features.ts';
import { colourName, type ColourName } from '#lib/media/pixels/colour-name.ts';
import { mean } from '#lib/media/pixels/statistics.ts';
import type { Describer, DescriberInput } from './describer.ts';
import { moodWord } from './mood-word.ts';

/** A region is mentioned from this likelihood on. */
const LIKELY = 0.6;
/** A colour is mentioned from this share of the frame on. */
const MIN_SHARE = 0.15;

/**
 * The built-in describer: sentences made from features by rules. It names light, colour, pace, regions and mood, never
 * objects. The same features give the same text; different ones also vary the phrasing.
 */
export const rulesDescriber: Describer = {
  name: 'rules',
  describe: (input) => Promise.resolve(describeByRules(input)),
};

function describeByRules({ kind, frame, features }: DescriberInput): string {
  const noun = kind === 'video' ? 'scene' : 'picture';
  const place = features.outdoor > 0.75 ? 'outdoor' : features.outdoor < 0.25 ? 'indoor' : '';
  const adjectives = [lightWord(frame), ...colourWords(frame), kind === 'video' ? paceWord(features) : '']
    .filter(Boolean)
    .join(', ');
  const subject = [adjectives, place, noun].filter(Boolean).join(' ');
  const colours = joinWords(colourNames(frame));
  const regions = regionWords(features);
  const shots = features.cuts.length ? ` in about ${features.cuts.length + 1} shots` : '';
  const details = [
    colours && pick(frame, [`mostly ${colours}`, `in ${colours}`, `dominated by ${colours}`]),
    regions.length > 0 && `with what looks like ${joinWords(regions)}`,
  ].filter(Boolean);
  const article = /^[aeiou]/.test(subject) ? 'An' : 'A';
  const mood = moodWord(features.mood);
  const ending = pick(frame, [`the mood is ${mood}`, `its mood is ${mood}`, `it feels ${mood}`]);
  return `${[`${article} ${subject}${shots}`, ...details].join(', ')}; ${ending}.`;
}

function lightWord({ brightness }: FrameFeatures): string {
  if (brightness < 0.2) return 'very dim';
  if (brightness < 0.36) return 'dim';
  return brightness > 0.66 ? 'bright' : '';
}

function colourWords({ warmth, colourfulness, contrast }: FrameFeatures): string[] {
  const strength = colourfulness > 0.6 ? 'vivid' : colourfulness > 0.42 ? 'colourful' : '';
  const temperature = warmth > 0.12 ? 'warm' : warmth < -0.12 ? 'cool' : '';
  const words = colourfulness < 0.05 ? ['almost colourless'] : [strength, temperature];
  return contrast < 0.2 ? ['soft', ...words] : words;
}

function paceWord({ frames }: FeaturesOutput): string {
  const withinShots = frames.filter(({ cutLikelihood }, i) => i > 0 && cutLikelihood < 0.5);
  const motions = withinShots.map(({ motion }) => motion);
  if (!motions.length) return '';
  const motion = mean(motions);
  if (motion < 0.1) return 'still';
  if (motion < 0.25) return 'slow';
  return motion > 0.7 ? 'fast' : motion > 0.5 ? 'lively' : '';
}

/** Up to two colours of the palette by name, the most frequent first. */
function colourNames({ palette }: FrameFeatures): ColourName[] {
  const shares = new Map<ColourName, number>();
  for (const { colour, share } of palette) {
    const name = colourName(colour);
    shares.set(name, (shares.get(name) ?? 0) + share);
  }
  return [...shares]
    .filter(([, share]) => share >= MIN_SHARE)
    .sort(([, one], [, other]) => other - one)
    .slice(0, 2)
    .map(([name]) => name);
}

function regionWords({ regions }: FeaturesOutput): string[] {
  const words: [number, string][] = [
    [regions.sky, 'sky'],
    [regions.sea, 'sea'],
    [regions.vegetation, 'foliage'],
    [regions.fire, 'fire'],
  ];
  return words.filter(([likelihood]) => likelihood >= LIKELY).map(([, word]) => word);
}

/** One of several phrasings, chosen by the frame's main colour: varied between pictures, the same for one picture. */
function pick(frame: FrameFeatures, phrasings: readonly string[]): string {
  const seed = Number.parseInt(frame.palette[0]?.colour.slice(1) ?? '0', 16);
  return phrasings[seed % phrasings.length]!;
}

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
