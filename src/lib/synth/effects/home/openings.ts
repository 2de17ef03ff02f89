import { newBlock } from '../../dsp/blocks.ts';
import { attackRelease } from '../../dsp/envelope.ts';
import { Drift } from '../../dsp/drift.ts';
import { exp2, sine } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { modesOf, RATIOS } from '../sources/bodies.ts';
import { foley } from '../sources/foley.ts';
import { Pings } from '../sources/pings.ts';
import { mono, shaped } from '../sources/source.ts';
import type { OneShotDef } from '../sound-def.ts';

/** A door closing: the leaf, then the latch. */
export const door: OneShotDef = {
  name: 'door',
  kind: 'oneShot',
  family: 'home',
  description: 'a door closing',
  place: 'room',
  seconds: 0.7,
  create: (random, { intensity }) => {
    const latch = random.between(0.03, 0.05);
    const force = 0.5 + 0.8 * intensity;
    return foley(
      random,
      [
        { at: 0, filter: 'lowpass', hertz: 240, gain: 1.7 * force, attack: 0.002, decay: 0.045, quality: 1 },
        {
          at: 0,
          filter: 'bandpass',
          hertz: 900,
          gain: 0.5 * force,
          attack: 0.001,
          decay: 0.04,
          quality: 1.3,
        },
        { at: latch, filter: 'bandpass', hertz: 2600, gain: 0.3, decay: 0.006 },
      ],
      [
        { at: 0, modes: modesOf(random, RATIOS.wood, 95, 0.25, 0.1), gain: 0.5 * force },
        { at: latch, modes: modesOf(random, RATIOS.bar, 2300, 0.035, 0.6), gain: 0.2 },
      ],
    );
  },
};

/** Knuckles on wood: two to four knocks. */
export const knock: OneShotDef = {
  name: 'knock',
  kind: 'oneShot',
  family: 'home',
  description: 'knocking on a door',
  place: 'room',
  seconds: 0.8,
  create: (random, { intensity }) => {
    const count = random.integer(2, 4);
    const pause = random.between(0.16, 0.23);
    const hertz = random.between(230, 300);
    const hits = Array.from({ length: count }, (_, i) => ({
      at: i * pause * random.between(0.97, 1.03),
      level: random.between(0.85, 1.05) * (0.5 + 0.6 * intensity),
    }));
    return foley(
      random,
      hits.flatMap(({ at, level }) => [
        { at, filter: 'bandpass' as const, hertz: 1500, gain: 1 * level, decay: 0.008 },
        { at, filter: 'lowpass' as const, hertz: 400, gain: 0.8 * level, decay: 0.014 },
      ]),
      hits.map(({ at, level }, i) => ({
        at,
        modes: modesOf(random.fork(i), RATIOS.wood, hertz, 0.04, 0.5),
        gain: 0.5 * level,
      })),
    );
  },
};

/** Creaking wood: stick-slip pulses through resonances. */
export const creak: OneShotDef = {
  name: 'creak',
  kind: 'oneShot',
  family: 'home',
  description: 'old wood creaking',
  place: 'room',
  seconds: 1.3,
  create: (random, { seconds }) => {
    const bodies = [420, 760, 1280, 2100].map(
      (hertz, i) => new StateVariableFilter(hertz * random.between(0.9, 1.1), [9, 11, 12, 8][i]),
    );
    const slip = new Drift(random, 2.2);
    const pulses = newBlock();
    let phase = 0;
    let impulse = 0;
    const wood = mono((out, from, to, t) => {
      const hertz = 38 * exp2(1.6 * slip.advance(to - from) + 0.8 * sine((t / seconds) * 0.5));
      let turn = phase;
      let now = impulse;
      for (let i = from; i < to; i++) {
        turn += hertz / SAMPLE_RATE;
        now *= 0.75;
        if (turn >= 1) {
          turn -= 1;
          now = 1;
        }
        pulses[i] = now;
      }
      phase = turn;
      impulse = now;
      for (const body of bodies) body.addBandpass(pulses, out, 0.9, from, to);
      return true;
    });
    return shaped(wood, seconds, attackRelease(seconds, 0.1, 0.2));
  },
};

/** A pane breaking: the blow, the burst, and falling pieces. */
export const glassBreak: OneShotDef = {
  name: 'glass-break',
  kind: 'oneShot',
  family: 'home',
  description: 'glass breaking',
  place: 'room',
  seconds: 1.6,
  create: (random, { intensity }) => {
    const pieces = new Pings(80);
    const r: Random = random.fork('pieces');
    const blow = foley(random.fork('blow'), [
      { at: 0, filter: 'highpass', hertz: 3500, gain: 0.35, decay: 0.04 },
      { at: 0, filter: 'bandpass', hertz: 900, gain: 0.3 * intensity, decay: 0.015 },
    ]);
    for (let k = 0; k < 26; k++) {
      pieces.hit(r.between(1800, 9500), r.between(0.04, 0.3), 0.08 * r.next(), r.between(-0.4, 0.4));
    }
    let frames = 0;
    return (left, right, from, to) => {
      const t = frames / SAMPLE_RATE;
      frames += to - from;
      const perSecond = 260 * exp2(-t * 6);
      const count = t < 1.4 ? Math.floor(((to - from) / SAMPLE_RATE) * perSecond + r.next()) : 0;
      for (let k = 0; k < count; k++) {
        const u = r.next();
        pieces.hit(r.between(2500, 11_000), r.between(0.015, 0.16), 0.05 * u * u, r.between(-0.7, 0.7));
      }
      pieces.add(left, right, from, to);
      blow(left, right, from, to);
      return t < 1.9;
    };
  },
};
