import type { FrameLook, VisualOutput } from '#lib/job/entries/visual.ts';
import { colourName, type ColourName } from '#lib/media/pixels/colour-name.ts';
import { mean } from '#lib/media/pixels/statistics.ts';
import type { Describer, DescriberInput } from './describer.ts';
import { joinWords } from './join-words.ts';
import { moodWord } from './mood-word.ts';

/** A region is mentioned from this likelihood on. */
const LIKELY = 0.6;
/** A colour is mentioned from this share of the frame on. */
const LEAST_SHARE = 0.15;

/**
 * The built-in describer: puts measurements into words, and nothing else. It names light, colour, pace, regions and
 * mood, never objects. The same measurements give the same words; other ones are phrased a little differently.
 */
export const measuredDescriber: Describer = {
  name: 'measured',
  describe: (input) => Promise.resolve(describeMeasured(input)),
};

function describeMeasured({ kind, look, visual }: DescriberInput): string {
  const noun = kind === 'video' ? 'scene' : 'picture';
  const place = visual.outdoor > 0.75 ? 'outdoor' : visual.outdoor < 0.25 ? 'indoor' : '';
  const adjectives = [lightWord(look), ...colourWords(look), kind === 'video' ? paceWord(visual) : '']
    .filter(Boolean)
    .join(', ');
  const subject = [adjectives, place, noun].filter(Boolean).join(' ');
  const colours = joinWords(colourNames(look));
  const regions = regionWords(visual);
  const shots = visual.cuts.length ? ` in about ${visual.cuts.length + 1} shots` : '';
  const details = [
    colours && pick(look, [`mostly ${colours}`, `in ${colours}`, `dominated by ${colours}`]),
    regions.length > 0 && `with what looks like ${joinWords(regions)}`,
  ].filter(Boolean);
  const article = /^[aeiou]/.test(subject) ? 'An' : 'A';
  const mood = moodWord(visual.mood);
  const ending = pick(look, [`the mood is ${mood}`, `its mood is ${mood}`, `it feels ${mood}`]);
  return `${[`${article} ${subject}${shots}`, ...details].join(', ')}; ${ending}.`;
}

function lightWord({ brightness }: FrameLook): string {
  if (brightness < 0.2) return 'very dim';
  if (brightness < 0.36) return 'dim';
  return brightness > 0.66 ? 'bright' : '';
}

function colourWords({ warmth, colourfulness, contrast }: FrameLook): string[] {
  const strength = colourfulness > 0.6 ? 'vivid' : colourfulness > 0.42 ? 'colourful' : '';
  const temperature = warmth > 0.12 ? 'warm' : warmth < -0.12 ? 'cool' : '';
  const words = colourfulness < 0.05 ? ['almost colourless'] : [strength, temperature];
  return contrast < 0.2 ? ['soft', ...words] : words;
}

function paceWord({ looks }: VisualOutput): string {
  const withinShots = looks.filter(({ cutLikelihood }, i) => i > 0 && cutLikelihood < 0.5);
  const motions = withinShots.map(({ motion }) => motion);
  if (!motions.length) return '';
  const motion = mean(motions);
  if (motion < 0.1) return 'still';
  if (motion < 0.25) return 'slow';
  return motion > 0.7 ? 'fast' : motion > 0.5 ? 'lively' : '';
}

/** Up to two colours of the palette by name, the most frequent first. */
function colourNames({ palette }: FrameLook): ColourName[] {
  const shares = new Map<ColourName, number>();
  for (const { colour, share } of palette) {
    const name = colourName(colour);
    shares.set(name, (shares.get(name) ?? 0) + share);
  }
  return [...shares]
    .filter(([, share]) => share >= LEAST_SHARE)
    .sort(([, one], [, other]) => other - one)
    .slice(0, 2)
    .map(([name]) => name);
}

function regionWords({ regions }: VisualOutput): string[] {
  const words: [number, string][] = [
    [regions.sky, 'sky'],
    [regions.sea, 'sea'],
    [regions.vegetation, 'foliage'],
    [regions.fire, 'fire'],
  ];
  return words.filter(([likelihood]) => likelihood >= LIKELY).map(([, word]) => word);
}

/** One of several phrasings, decided by the frame's main colour: varied between pictures, the same for one picture. */
function pick(look: FrameLook, phrasings: readonly string[]): string {
  const seed = Number.parseInt(look.palette[0]?.colour.slice(1) ?? '0', 16);
  return phrasings[seed % phrasings.length]!;
}
