import { envelopeAt } from '../../dsp/envelope.ts';
import { lerp } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { series, type Source } from '../sources/source.ts';
import { breakpoints, voice } from '../sources/voice.ts';
import type { OneShotDef } from '../sound-def.ts';

/** One to four barks. Intensity is the size of the dog, from small and high to large and low. */
export const dog: OneShotDef = {
  name: 'dog',
  kind: 'oneShot',
  family: 'animals',
  description: 'a dog barking',
  place: 'open',
  seconds: 0.9,
  create: (random, { intensity, seconds }) => {
    const count = seconds < 0.5 ? 1 : random.integer(1, Math.max(2, Math.min(4, Math.round(seconds / 0.4))));
    const timbre = random.between(0.92, 1.08);
    return series(
      random,
      count,
      (r) => bark(r, intensity, timbre),
      () => random.between(0.28, 0.46),
    );
  },
};

/** One bark. Pitch, length and envelope are means of 40 recordings of dogs of many breeds. */
function bark(random: Random, size: number, timbre: number): Source {
  const long = random.between(0.15, 0.21) * lerp(0.8, 1.2, size);
  const hertz = lerp(760, 400, size) * timbre * random.between(0.96, 1.04);
  const throat = lerp(1.2, 0.82, size);
  return voice(random, {
    seconds: long + 0.1,
    roughness: 0.14,
    subharmonic: random.between(0.05, 0.3),
    tiltHertz: 1500,
    hertz: breakpoints(
      long,
      [0.72, 1.12, 1.3, 1.28, 1.05, 0.7].map((x) => x * hertz),
    ),
    level: (t) =>
      envelopeAt(
        [
          [0, 0],
          [0.02, 0.45],
          [long * 0.3, 1],
          [long * 0.55, 0.75],
          [long * 0.8, 0.22],
          [long, 0.05],
          [long + 0.09, 0],
        ],
        t,
      ),
    breath: breakpoints(long, [0.55, 0.2, 0.12, 0.14, 0.3, 0.7]),
    formants: [
      {
        hertz: breakpoints(
          long,
          [480, 720, 820, 780, 600].map((x) => x * throat),
        ),
        quality: 3,
        gain: 1.1,
      },
      {
        hertz: breakpoints(
          long,
          [1050, 1250, 1380, 1300, 1100].map((x) => x * throat),
        ),
        quality: 3.5,
        gain: 1.5,
      },
      { hertz: () => 2150 * throat, quality: 5, gain: 0.35 },
      { hertz: () => 3100 * throat, quality: 5, gain: 0.12 },
    ],
  });
}
