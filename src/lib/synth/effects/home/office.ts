import type { Random } from '../../dsp/random.ts';
import { modesOf, RATIOS } from '../sources/bodies.ts';
import { foley } from '../sources/foley.ts';
import { sequence, type Source } from '../sources/source.ts';
import type { AmbienceDef, OneShotDef } from '../sound-def.ts';

/** Typing: runs of 3 to 14 keys with pauses. */
export const keyboard: AmbienceDef = {
  name: 'keyboard',
  kind: 'ambience',
  family: 'work',
  description: 'typing on a keyboard',
  place: 'room',
  create: (random, intensity) => {
    let run = random.integer(3, 14);
    return sequence(
      random.fork('keys'),
      (r) => {
        if (run-- > 0) return r.between(0.07, 0.2) * (1.25 - 0.5 * intensity);
        run = r.integer(3, 14);
        return 0.15 + r.exponential(0.5);
      },
      (r) => key(r, r.between(-0.25, 0.25), r.chance(0.15) ? 0.7 : 1),
    );
  },
};

/** One key: the press and the release. */
function key(random: Random, pan: number, pitch: number): Source {
  const up = random.between(0.06, 0.11);
  const level = random.between(0.7, 1);
  const modes = [
    { hertz: random.between(1900, 2600), seconds: 0.02, gain: 0.1 },
    { hertz: random.between(3300, 4600), seconds: 0.012, gain: 0.1 },
    { hertz: random.between(620, 900) * pitch, seconds: 0.03, gain: pitch < 1 ? 0.22 : 0.13 },
    { hertz: random.between(5200, 7000), seconds: 0.008, gain: 0.06 },
  ];
  return foley(
    random,
    [
      { at: 0, filter: 'bandpass', hertz: 2600, quality: 0.6, gain: 0.5 * level, decay: 0.005 },
      { at: up, filter: 'bandpass', hertz: 3300, quality: 0.6, gain: 0.25 * level, decay: 0.004 },
    ],
    [
      { at: 0, modes, gain: 0.4 * level },
      { at: up, modes: modes.map((mode) => ({ ...mode, gain: mode.gain * 0.5 })), gain: 0.4 * level },
    ],
    pan,
  );
}

/** A mouse click: the press and the release. */
export const mouseClick: OneShotDef = {
  name: 'mouse-click',
  kind: 'oneShot',
  family: 'work',
  description: 'a mouse click',
  place: 'room',
  seconds: 0.2,
  create: (random) => {
    const up = random.between(0.07, 0.12);
    const click = [
      { hertz: 2900, seconds: 0.012, gain: 0.4 },
      { hertz: 5200, seconds: 0.008, gain: 0.3 },
    ];
    return foley(
      random,
      [
        { at: 0, filter: 'highpass', hertz: 2500, gain: 0.3, decay: 0.0015 },
        { at: up, filter: 'highpass', hertz: 3000, gain: 0.2, decay: 0.0012 },
      ],
      [
        { at: 0, modes: click, gain: 0.6 },
        { at: up, modes: click.map((mode) => ({ ...mode, hertz: mode.hertz * 1.12 })), gain: 0.4 },
      ],
    );
  },
};

/** A clock: tick and tock, 0.5 s apart. */
export const clock: AmbienceDef = {
  name: 'clock',
  kind: 'ambience',
  family: 'home',
  description: 'a clock ticking',
  place: 'room',
  create: (random) =>
    sequence(
      random.fork('ticks'),
      (_, index) => (index === 0 ? 0.1 : 0.5),
      (r, index) => tick(r, index % 2 === 0 ? 2750 : 2350),
    ),
};

function tick(random: Random, hertz: number): Source {
  const modes = [
    { hertz, seconds: 0.03, gain: 0.42 },
    { hertz: hertz * 1.7, seconds: 0.02, gain: 0.18 },
    { hertz: 1080, seconds: 0.035, gain: 0.32 },
    { hertz: 610, seconds: 0.05, gain: 0.14 },
    { hertz: 330, seconds: 0.06, gain: 0.1 },
  ].map((mode) => ({ ...mode, hertz: mode.hertz * random.between(0.99, 1.01) }));
  return foley(
    random,
    [{ at: 0, filter: 'bandpass', hertz: 3000, quality: 0.5, gain: 0.35, decay: 0.0017 }],
    [{ at: 0, modes, gain: 0.9 }],
    0.1,
  );
}

/** A page turning. */
export const page: OneShotDef = {
  name: 'page',
  kind: 'oneShot',
  family: 'work',
  description: 'a page turning',
  place: 'room',
  seconds: 0.6,
  create: (random) => {
    const flip = random.between(0.22, 0.34);
    return foley(random, [
      { at: 0, filter: 'bandpass', hertz: 3800, gain: 0.35, attack: 0.09, decay: 0.12, grain: 0.6 },
      { at: flip, filter: 'bandpass', hertz: 2600, gain: 0.5, attack: 0.03, decay: 0.05, grain: 0.4 },
      { at: flip + 0.09, filter: 'lowpass', hertz: 700, gain: 0.5, attack: 0.004, decay: 0.02 },
    ]);
  },
};

/** A camera: mirror and shutter. */
export const shutter: OneShotDef = {
  name: 'shutter',
  kind: 'oneShot',
  family: 'work',
  description: 'a camera shutter',
  place: 'room',
  seconds: 0.3,
  create: (random) => {
    const close = random.between(0.075, 0.11);
    return foley(
      random,
      [
        { at: 0, filter: 'bandpass', hertz: 2200, gain: 0.7, decay: 0.008 },
        { at: 0.014, filter: 'highpass', hertz: 4000, gain: 0.4, decay: 0.006 },
        { at: close, filter: 'bandpass', hertz: 1700, gain: 0.6, decay: 0.012 },
        { at: close + 0.02, filter: 'highpass', hertz: 5000, gain: 0.15, attack: 0.01, decay: 0.03 },
      ],
      [
        { at: 0, modes: modesOf(random, RATIOS.bar, 1250, 0.03, 0.7), gain: 0.3 },
        { at: close, modes: modesOf(random, RATIOS.bar, 980, 0.04, 0.7), gain: 0.3 },
      ],
    );
  },
};

/** Scissors. */
export const snip: OneShotDef = {
  name: 'snip',
  kind: 'oneShot',
  family: 'work',
  description: 'scissors snipping',
  place: 'room',
  seconds: 0.35,
  create: (random) =>
    foley(
      random,
      [
        { at: 0, filter: 'highpass', hertz: 4500, gain: 0.4, attack: 0.05, decay: 0.05 },
        { at: 0.12, filter: 'bandpass', hertz: 5200, quality: 1.5, gain: 0.9, decay: 0.008 },
      ],
      [{ at: 0.12, modes: modesOf(random, RATIOS.bar, random.between(3300, 3900), 0.12, 0.6), gain: 0.15 }],
    ),
};
