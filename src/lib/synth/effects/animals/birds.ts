import type { Random } from '../../dsp/random.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { sequence, type Source } from '../sources/source.ts';
import { type Syllable, whistle } from '../sources/whistle.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Songbirds near and far. Intensity is how many. */
export const birds: AmbienceDef = {
  name: 'birds',
  kind: 'ambience',
  family: 'animals',
  description: 'birds singing',
  place: 'open',
  create: (random, intensity) => {
    // A few individuals, each with its own species, position and distance.
    const perches = Array.from({ length: 3 + Math.round(4 * intensity) }, (_, i) => ({
      song: SONGS[i % SONGS.length]!,
      pan: random.between(-0.9, 0.9),
      gain: 0.15 + 0.85 * random.next() * random.next(),
    }));
    const mean = 1.7 - 1.2 * intensity;
    const air = new NoiseBand(random.fork('air'), {
      colour: 'pink',
      filter: 'lowpass',
      hertz: 600,
      quality: 0.5,
    });
    const songs = sequence(
      random.fork('songs'),
      (r, index) => (index === 0 ? 0.1 : 0.15 + r.exponential(mean)),
      (r) => {
        const perch = r.pick(perches);
        return sing(r, perch.song, perch.pan, perch.gain);
      },
    );
    return (left, right, from, to) => {
      air.add(left, right, from, to, 0.012);
      return songs(left, right, from, to);
    };
  },
};

type Song = (random: Random) => Syllable[];

function sing(random: Random, song: Song, pan: number, gain: number): Source {
  return whistle(song(random), pan, gain * 0.22);
}

/** Places syllables one after another. */
function phrase(syllables: readonly (Omit<Syllable, 'at'> & { pause: number })[]): Syllable[] {
  let at = 0;
  return syllables.map(({ pause, ...syllable }) => {
    const placed = { ...syllable, at };
    at += syllable.seconds + pause;
    return placed;
  });
}

const SONGS: readonly Song[] = [
  // Great tit: tea-cher, tea-cher.
  (random) => {
    const hz = random.between(4200, 5400);
    return phrase(
      Array.from({ length: random.integer(3, 6) }, () => [
        { seconds: 0.09, fromHertz: hz * 1.1, toHertz: hz * 0.86, gain: 0.9, pause: 0.02 },
        { seconds: 0.11, fromHertz: hz * 0.78, toHertz: hz * 0.74, gain: 0.8, pause: 0.09 },
      ]).flat(),
    );
  },
  // Blackbird: slow, flute-like, no two alike.
  (random) =>
    phrase(
      Array.from({ length: random.integer(3, 6) }, () => {
        const hz = random.between(1800, 3000);
        return {
          seconds: random.between(0.12, 0.3),
          fromHertz: hz,
          toHertz: hz * random.between(0.75, 1.3),
          gain: random.between(0.6, 1),
          vibratoHertz: random.chance(0.3) ? 90 : 0,
          vibratoRate: random.between(18, 30),
          pause: random.between(0.05, 0.14),
        };
      }),
    ),
  // Wren: a rattling trill.
  (random) => {
    const hz = random.between(3200, 4600);
    const count = random.integer(10, 22);
    const step = random.between(0.045, 0.07);
    return phrase(
      Array.from({ length: count }, (_, i) => ({
        seconds: step * 0.6,
        fromHertz: hz * 1.25,
        toHertz: hz * 0.85,
        gain: 0.5 + (0.5 * i) / count,
        pause: step * 0.4,
      })),
    );
  },
  // Sparrow: single chirps.
  (random) => {
    const hz = random.between(3300, 4300);
    return phrase(
      Array.from({ length: random.integer(2, 4) }, () => ({
        seconds: 0.07,
        fromHertz: hz * random.between(0.9, 1.1),
        toHertz: hz * random.between(1.1, 1.5),
        gain: 0.9,
        pause: random.between(0.12, 0.3),
      })),
    );
  },
  // Willow warbler: a cascade downwards.
  (random) => {
    const hz = random.between(4600, 6200);
    return phrase(
      Array.from({ length: random.integer(6, 12) }, (_, i) => ({
        seconds: 0.07 + i * 0.006,
        fromHertz: hz * 1.15 * (1 - 0.032 * i),
        toHertz: hz * 0.9 * (1 - 0.032 * i),
        gain: 0.9,
        pause: 0.05,
      })),
    );
  },
];
