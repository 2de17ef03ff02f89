import { attackRelease } from '../../dsp/envelope.ts';
import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { Drift } from '../../dsp/drift.ts';
import { exp2, panGains, sine, smoothstep } from '../../dsp/maths.ts';
import { addSaw } from '../../dsp/oscillators.ts';
import { WhiteNoise } from '../../dsp/noise.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { panned, sequence, type Source } from '../sources/source.ts';
import { breakpoints, voice } from '../sources/voice.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Frogs round a pond. */
export const frogs: AmbienceDef = {
  name: 'frogs',
  kind: 'ambience',
  family: 'animals',
  description: 'frogs croaking',
  place: 'open',
  create: (random, intensity) => {
    const singers = Array.from({ length: 4 + Math.round(5 * intensity) }, () => ({
      hertz: random.between(260, 520),
      pulses: random.between(22, 42),
      pan: random.between(-0.9, 0.9),
      gain: 0.2 + 0.8 * random.next() * random.next(),
    }));
    return sequence(
      random.fork('croaks'),
      (r) => 0.05 + r.exponential(0.7 - 0.45 * intensity),
      (r) => {
        const singer = r.pick(singers);
        return panned(croak(r, singer.hertz, singer.pulses), singer.pan, singer.gain);
      },
    );
  },
};

/** One croak: a series of pulses. */
function croak(random: Random, hertz: number, pulses: number): Source {
  const seconds = random.between(0.22, 0.5);
  const envelope = attackRelease(seconds, 0.06, 0.08);
  return voice(random, {
    seconds,
    roughness: 0.16,
    subharmonic: 0.3,
    tiltHertz: 2400,
    hertz: breakpoints(seconds, [hertz * 0.92, hertz * 1.05, hertz]),
    level: (t) => {
      const pulse = 0.5 + 0.5 * sine(t * pulses);
      return envelope(t) * pulse * pulse;
    },
    breath: () => 0.35,
    formants: [
      { hertz: () => hertz * 2.1, quality: 4, gain: 1.2 },
      { hertz: () => 2400, quality: 4, gain: 0.5 },
    ],
  });
}

/** Bees and flies that come and go. */
export const insects: AmbienceDef = {
  name: 'insects',
  kind: 'ambience',
  family: 'animals',
  description: 'insects buzzing',
  place: 'open',
  create: (random, intensity) => {
    const flyers = Array.from({ length: 2 + Math.round(4 * intensity) }, (_, i) => flyer(random.fork(i)));
    return (left, right, from, to) => {
      for (const fly of flyers) fly(left, right, from, to);
      return true;
    };
  },
};

function flyer(random: Random): Source {
  const hertz = random.between(150, 260);
  const range = new Drift(random.fork('way'), 0.35);
  const side = new Drift(random.fork('side'), 0.5);
  const speed = new Drift(random.fork('speed'), 1.4);
  const body = new StateVariableFilter(900, 0.8);
  const air = new WhiteNoise(random.fork('air'));
  const wings = new StateVariableFilter(1900, 0.8);
  const block = newBlock();
  const noise = newBlock();
  let phase = random.next();
  let level = 0;
  return (left, right, from, to) => {
    const near = smoothstep(range.advance(to - from) * 0.8 + 0.35);
    const [l, r] = panGains(0.9 * side.advance(to - from));
    block.fill(0, from, to);
    const step = (hertz * exp2(0.09 * speed.advance(to - from) + 0.06 * near)) / SAMPLE_RATE;
    phase = addSaw(block, phase, step, 0.3, from, to);
    air.fill(noise, from, to);
    wings.addBandpass(noise, block, 0.03, from, to);
    body.tune(500 + 1500 * near, 0.8);
    body.bandpass(block, block, from, to);
    const next = 0.02 + near * near * 0.4;
    addScaled(left, block, level * l, from, to, next * l);
    addScaled(right, block, level * r, from, to, next * r);
    level = next;
    return true;
  };
}

/** A purring cat: about 25 pulses per second, faster while breathing in. */
export const purr: AmbienceDef = {
  name: 'purr',
  kind: 'ambience',
  family: 'animals',
  description: 'a cat purring',
  place: 'room',
  create: (random) => {
    const throat = new NoiseBand(random.fork('throat'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 170,
      quality: 0.8,
      width: 0.2,
    });
    const breath = new NoiseBand(random.fork('breath'), {
      colour: 'pink',
      filter: 'bandpass',
      hertz: 900,
      quality: 0.6,
      width: 0.2,
    });
    const pulse = newBlock();
    const rate = new Drift(random, 0.6);
    let phase = 0;
    let seconds = 0;
    return (left, right, from, to) => {
      seconds += (to - from) / SAMPLE_RATE;
      const isIn = sine(seconds * 0.4) > 0;
      const breathing = 0.65 + 0.35 * sine(seconds * 0.4);
      const step = ((isIn ? 26 : 23) * (1 + 0.04 * rate.advance(to - from))) / SAMPLE_RATE;
      let turn = phase;
      for (let i = from; i < to; i++) {
        turn += step;
        if (turn >= 1) turn -= 1;
        const x = 1 - turn;
        pulse[i] = (0.08 + x * x * x) * breathing;
      }
      phase = turn;
      throat.addEnveloped(left, right, from, to, pulse, pulse, 1.6);
      breath.addEnveloped(left, right, from, to, pulse, pulse, 0.12);
      return true;
    };
  },
};
