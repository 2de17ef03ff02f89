import type { Mood } from '#lib/job/mood.ts';
import { clamp } from '../dsp/maths.ts';
import { BLACK, type SeenScene, type Sight } from './sight.ts';

/** What a subject does to the music: the mood that fits it, and styles that suit it. */
export interface Theme {
  mood: Mood;
  /** Weights of styles by name, -1 … 1. */
  styles: Readonly<Record<string, number>>;
}

/*
 * What is seen tilts the mood before colours do: people's ratings of pictures follow their subjects (food, animals,
 * families, sports, landscapes; Lang, Bradley & Cuthbert, International Affective Picture System, 2008) rather than their
 * colours. The values here are judgements, not measurements: pleasant and calm for home and nature, excited for sports and
 * crowds, slightly sad only for the night. Dark and moving alone is not tense: no subject asks for that style.
 */
export const THEMES = {
  food: {
    mood: { valence: 0.45, arousal: -0.2 },
    styles: { acoustic: 0.5, lofi: 0.6, playful: 0.2, tense: -1 },
  },
  home: {
    mood: { valence: 0.35, arousal: -0.35 },
    styles: { lofi: 0.5, acoustic: 0.5, tense: -1, epic: -0.6 },
  },
  work: { mood: { valence: 0.1, arousal: 0 }, styles: { electronic: 0.4, lofi: 0.5, synthwave: 0.2 } },
  sport: { mood: { valence: 0.45, arousal: 0.65 }, styles: { electronic: 0.5, epic: 0.4, uplifting: 0.5 } },
  play: {
    mood: { valence: 0.65, arousal: 0.35 },
    styles: { playful: 0.8, uplifting: 0.4, tense: -1, dark: -1 },
  },
  street: {
    mood: { valence: 0.1, arousal: 0.25 },
    styles: { synthwave: 0.4, electronic: 0.3, lofi: 0.4, uplifting: 0.1 },
  },
  traffic: { mood: { valence: 0, arousal: 0.35 }, styles: { synthwave: 0.6, electronic: 0.6 } },
  pets: {
    mood: { valence: 0.6, arousal: 0.1 },
    styles: { playful: 0.8, acoustic: 0.4, tense: -1, dark: -1, synthwave: -0.6 },
  },
  wildlife: {
    mood: { valence: 0.3, arousal: 0 },
    styles: { cinematic: 0.5, epic: 0.65, ambient: 0.2, playful: -0.2 },
  },
  birds: { mood: { valence: 0.35, arousal: -0.2 }, styles: { cinematic: 0.5, ambient: 0.4, acoustic: 0.3 } },
  nature: {
    mood: { valence: 0.45, arousal: -0.4 },
    styles: { ambient: 0.6, acoustic: 0.4, cinematic: 0.35, electronic: -0.4 },
  },
  water: { mood: { valence: 0.3, arousal: -0.35 }, styles: { ambient: 0.8, cinematic: 0.45, tense: -0.5 } },
  snow: { mood: { valence: 0.4, arousal: 0.1 }, styles: { cinematic: 0.6, uplifting: 0.3 } },
  night: {
    mood: { valence: -0.1, arousal: -0.25 },
    styles: { dark: 0.3, melancholy: 0.4, synthwave: 0.6, ambient: 0.3 },
  },
  fire: { mood: { valence: 0.2, arousal: -0.2 }, styles: { acoustic: 0.5, cinematic: 0.3 } },
  blaze: { mood: { valence: -0.4, arousal: 0.7 }, styles: { tense: 0.6, epic: 0.4 } },
  people: {
    mood: { valence: 0.25, arousal: 0 },
    styles: {
      cinematic: 0.4,
      acoustic: 0.3,
      melancholy: 0.2,
      synthwave: -0.3,
      electronic: -0.3,
      tense: -0.3,
    },
  },
  crowd: { mood: { valence: 0.4, arousal: 0.5 }, styles: { uplifting: 0.6, epic: 0.4 } },
  ceremony: { mood: { valence: 0.4, arousal: 0.1 }, styles: { cinematic: 0.7, epic: 0.3 } },
  indoors: {
    mood: { valence: 0.2, arousal: -0.15 },
    styles: {
      cinematic: 0.4,
      acoustic: 0.3,
      lofi: 0.3,
      epic: -0.4,
      synthwave: -0.7,
      electronic: -0.8,
      tense: -0.4,
    },
  },
  lively: {
    mood: { valence: 0.65, arousal: 0.45 },
    styles: { uplifting: 0.8, playful: 0.5, tense: -1, dark: -1 },
  },
  noir: {
    mood: { valence: -0.5, arousal: 0.3 },
    styles: { tense: 0.45, dark: 0.35, epic: 0.3, cinematic: 0.2 },
  },
  darkness: { mood: { valence: -0.6, arousal: -0.4 }, styles: { dark: 0.5 } },
  rain: {
    mood: { valence: -0.3, arousal: -0.45 },
    styles: { lofi: 0.45, melancholy: 0.6, ambient: 0.4, electronic: -0.5 },
  },
  screen: { mood: { valence: 0.15, arousal: 0.1 }, styles: { electronic: 0.6, lofi: 0.5 } },
} as const satisfies Record<string, Theme>;

type ThemeName = keyof typeof THEMES;

/** Which labels show a theme, with how much one of them says. */
const THEMES_OF_THINGS: Readonly<Record<ThemeName, Readonly<Record<string, number>>>> = {
  food: all(
    'pizza|sandwich|hot dog|donut|cake|bowl|fork|spoon|cup|wine glass|banana|apple|orange|carrot|broccoli',
    0.7,
  ),
  home: all('couch|bed|dining table|tv|potted plant|refrigerator|oven|sink|toilet|vase|remote', 0.6),
  work: all('laptop|keyboard|mouse', 0.6),
  sport: all('skis|snowboard|surfboard|tennis racket|baseball bat|baseball glove|skateboard', 0.9),
  play: all('sports ball|frisbee|kite|teddy bear', 0.7),
  street: all('car|bus|truck|traffic light|stop sign|bicycle|motorcycle|parking meter|fire hydrant', 0.5),
  traffic: {},
  pets: { ...all('cat|dog', 0.9), animal: 0.6 },
  wildlife: all('elephant|bear|zebra|giraffe|horse|cow|sheep', 0.85),
  birds: all('bird', 0.7),
  nature: {},
  water: all('boat|surfboard', 0.5),
  snow: all('skis|snowboard', 0.6),
  night: {},
  fire: {},
  blaze: {},
  people: all('person', 0.5),
  crowd: {},
  ceremony: all('tie', 0.4),
  indoors: {},
  lively: {},
  noir: {},
  darkness: {},
  rain: {},
  screen: {},
};

/** Which places show a theme. */
const THEMES_OF_PLACES: Readonly<Record<string, readonly (readonly [ThemeName, number])[]>> = {
  screen: [['screen', 1]],
  indoors: [['indoors', 0.55]],
  home: [['home', 0.6]],
  table: [['food', 0.6]],
  livingRoom: [['home', 0.8]],
  bedroom: [['home', 0.8]],
  kitchen: [['home', 0.7]],
  restaurant: [['food', 0.7]],
  office: [['work', 0.7]],
  fireside: [['fire', 0.8]],
  campFire: [['fire', 0.8]],
  street: [['street', 0.7]],
  city: [['street', 0.6]],
  road: [['traffic', 0.9]],
  crowd: [['crowd', 0.9]],
  park: [['nature', 0.6]],
  meadow: [['nature', 0.7]],
  forest: [['nature', 0.8]],
  savanna: [['wildlife', 0.5]],
  snow: [['snow', 0.8]],
  beach: [['water', 0.7]],
  sea: [['water', 0.9]],
  harbour: [['water', 0.6]],
  water: [['water', 0.8]],
  stream: [['nature', 0.8]],
  rain: [['rain', 0.8]],
};

/** Things that are a subject although they are small. */
const SMALL = new Set([
  'sports ball',
  'frisbee',
  'kite',
  'tennis racket',
  'baseball bat',
  'baseball glove',
  'skis',
]);
/** Fire in a picture that moves this much is no campfire. */
const WILD_MOTION = 0.55;

/** A picture without colour, and one that is mostly dark: together the look of black and white drama. */
const COLOURLESS = 0.04;
const LOW_KEY = 0.33;

/** Styles that say much: without a theme that asks for them, the colours and the motion of a picture are no reason. */
const UNASKED = { tense: 0.55, epic: 0.45, dark: 0.2 };

/** The largest share that what is seen has in the mood; the rest is that of colours and motion, and of words. */
const LARGEST_SHARE = 0.75;
/** From so many people on it is a crowd. */
const CROWD = 6;

/** What is seen says about the music. */
export interface SeenMood {
  mood: Mood;
  /** Share of `mood` against that of colours and motion, 0 … 1. */
  share: number;
  /** Weights of the styles, by name. */
  styles: ReadonlyMap<string, number>;
  /** The themes, the weightiest first. */
  themes: readonly (readonly [name: string, weight: number])[];
}

/** The mood and the styles that what is seen in the film suggests, by the time that each theme is in sight. */
export function moodOfSight({ scenes, isSeen }: Pick<Sight, 'scenes' | 'isSeen'>): SeenMood {
  const seconds = scenes.reduce((sum, scene) => sum + sceneSeconds(scene), 0);
  const weights = new Map<ThemeName, number>();
  for (const scene of scenes)
    for (const [theme, certainty] of themesOf(scene))
      weights.set(
        theme,
        (weights.get(theme) ?? 0) + (certainty * sceneSeconds(scene)) / Math.max(0.01, seconds),
      );
  const themes = [...weights].filter(([, weight]) => weight > 0.05).sort((a, b) => b[1] - a[1]);
  // Squares let what is most in sight decide, rather than a mean of everything.
  const sum = themes.reduce((total, [, weight]) => total + weight * weight, 0);
  const styles = new Map<string, number>();
  const mood = { valence: 0, arousal: 0 };
  for (const [name, weight] of themes) {
    const theme: Theme = THEMES[name];
    const part = (weight * weight) / sum;
    mood.valence += part * theme.mood.valence;
    mood.arousal += part * theme.mood.arousal;
    for (const [style, value] of Object.entries(theme.styles))
      styles.set(style, (styles.get(style) ?? 0) + part * value * Math.min(1, themes[0]![1] * 1.4));
  }
  for (const [style, weight] of isSeen ? Object.entries(UNASKED) : [])
    if ((styles.get(style) ?? 0) <= 0) styles.set(style, (styles.get(style) ?? 0) - weight);
  const [first = 0, second = 0] = themes.map(([, weight]) => clamp(weight, 0, 1));
  return { mood, share: LARGEST_SHARE * (1 - (1 - first) * (1 - second)), styles, themes };
}

/** The themes of one scene, each with its certainty. */
export function themesOf(scene: SeenScene): Map<ThemeName, number> {
  const doubt = new Map<ThemeName, number>();
  const add = (theme: ThemeName, certainty: number) =>
    doubt.set(theme, (doubt.get(theme) ?? 1) * (1 - clamp(certainty, 0, 0.98)));
  const { place, tracks } = scene;
  for (const [theme, share] of THEMES_OF_PLACES[place.name] ?? [])
    add(theme, share * Math.max(0.5, place.certainty));
  if (place.isNight) add('night', 0.7);
  if (scene.fire > 0.5) add((scene.motion ?? 0) > WILD_MOTION ? 'blaze' : 'fire', scene.fire);
  if (scene.brightness !== null && scene.brightness < BLACK) return new Map([['darkness', 0.9]]);
  const isScreen = place.place.day === null;
  const best = new Map<string, number>();
  for (const { label, evidence, area, seconds } of isScreen ? [] : tracks) {
    // What is small, or in sight for a moment, is no subject.
    const side = SMALL.has(label) ? 1 : Math.min(1, Math.sqrt(area) / 0.3);
    const part = side * Math.min(1, (1.5 * seconds) / Math.max(0.01, sceneSeconds(scene)));
    // Outdoors, detectors take much for a cat.
    const share = label === 'cat' && !place.isIndoors ? 0.65 : 1;
    best.set(label, Math.max(best.get(label) ?? 0, evidence.certainty * part * share));
  }
  for (const [theme, labels] of Object.entries(THEMES_OF_THINGS) as [ThemeName, Record<string, number>][])
    for (const [label, share] of Object.entries(labels))
      if (best.has(label)) add(theme, share * best.get(label)!);
  if (scene.saturation !== null && scene.saturation < COLOURLESS && (scene.brightness ?? 1) < LOW_KEY)
    add('noir', 0.6);
  const people = tracks.filter(
    ({ label, evidence }) => label === 'person' && evidence.certainty >= 0.5,
  ).length;
  if (people > 0 && !isScreen) add('lively', 0.85 * livelinessOf(scene));
  if (people >= CROWD && !isScreen) add('crowd', Math.min(0.9, people / 12));
  return new Map([...doubt].map(([theme, miss]) => [theme, 1 - miss]));
}

/** People who move much in a light picture, 0 … 1: children who jump, a dance. */
function livelinessOf({ motion, brightness }: SeenScene): number {
  const between = (from: number, to: number, value: number) => clamp((value - from) / (to - from), 0, 1);
  return between(0.4, 0.55, motion ?? 0) * between(0.5, 0.65, brightness ?? 0);
}

function sceneSeconds({ startSeconds, endSeconds }: Pick<SeenScene, 'startSeconds' | 'endSeconds'>): number {
  return Math.max(0, endSeconds - startSeconds);
}

function all(labels: string, share: number): Record<string, number> {
  return Object.fromEntries(labels.split('|').map((label) => [label, share]));
}
