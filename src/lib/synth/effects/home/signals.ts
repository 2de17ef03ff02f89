import { beating, modesOf, RATIOS } from '../sources/bodies.ts';
import { foley } from '../sources/foley.ts';
import { type Syllable, whistle } from '../sources/whistle.ts';
import type { OneShotDef } from '../sound-def.ts';

/** Defines the signal tone of a device. */
function signal(
  name: string,
  description: string,
  seconds: number,
  tones: (pick: number) => Syllable[],
): OneShotDef {
  return {
    name,
    kind: 'oneShot',
    family: 'home',
    description,
    place: 'room',
    seconds,
    create: (random) => whistle(tones(random.next()), 0, 0.25),
  };
}

/** A phone: a short melody, twice. */
export const phone = signal('phone', 'a phone ringing', 1.6, (pick) => {
  const tunes = [
    [1175, 1480, 1760, 1480],
    [988, 1319, 1568, 1976],
    [1319, 1047, 1319, 1568],
  ];
  const tune = tunes[Math.floor(pick * tunes.length)]!;
  return [0, 0.85].flatMap((start) =>
    tune.map((hertz, i) => ({
      at: start + i * 0.16,
      seconds: 0.15,
      fromHertz: hertz,
      toHertz: hertz,
      gain: 0.8,
      harmonics: 0.25,
    })),
  );
});

/** Three beeps of a device that is done. */
export const beep = signal('beep', 'a device beeping', 1.3, (pick) =>
  [0, 0.45, 0.9].map((at) => ({
    at,
    seconds: 0.22,
    fromHertz: 1900 + 250 * pick,
    toHertz: 1900 + 250 * pick,
    gain: 0.9,
    harmonics: 0.3,
  })),
);

/** A doorbell with two tones. */
export const doorbell: OneShotDef = {
  name: 'doorbell',
  kind: 'oneShot',
  family: 'home',
  description: 'a doorbell',
  place: 'room',
  seconds: 2.2,
  create: (random) => {
    const high = random.between(630, 690);
    const tone = (hertz: number) => beating(modesOf(random, [1, 2.76, 5.4], hertz, 1.4, 0.15), 0.001);
    return foley(
      random,
      [0, 0.55].map((at) => ({ at, filter: 'bandpass' as const, hertz: 2500, gain: 0.15, decay: 0.003 })),
      [
        { at: 0, modes: tone(high), gain: 0.5 },
        { at: 0.55, modes: tone(high * 0.794), gain: 0.5 },
      ],
    );
  },
};

/** The lever and the spring of a toaster. */
export const toaster: OneShotDef = {
  name: 'toaster',
  kind: 'oneShot',
  family: 'home',
  description: 'a toaster popping up',
  place: 'room',
  seconds: 0.5,
  create: (random) =>
    foley(
      random,
      [
        { at: 0, filter: 'bandpass', hertz: 1800, gain: 0.7, decay: 0.01 },
        { at: 0.045, filter: 'bandpass', hertz: 3200, gain: 0.3, decay: 0.02 },
      ],
      [
        { at: 0, modes: modesOf(random, RATIOS.plate, random.between(640, 760), 0.18, 0.6), gain: 0.5 },
        { at: 0.045, modes: modesOf(random, RATIOS.bar, random.between(1500, 1800), 0.3, 0.5), gain: 0.2 },
      ],
    ),
};
