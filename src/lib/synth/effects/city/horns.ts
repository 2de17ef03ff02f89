import { attackRelease } from '../../dsp/envelope.ts';
import { sine, smoothstep } from '../../dsp/maths.ts';
import { addPulse } from '../../dsp/oscillators.ts';
import type { Random } from '../../dsp/random.ts';
import { OnePole } from '../../dsp/one-pole.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { beating, modesOf, RATIOS } from '../sources/bodies.ts';
import { foley } from '../sources/foley.ts';
import { delayed, mono, shaped, mix, type Source } from '../sources/source.ts';
import type { Family, OneShotDef } from '../sound-def.ts';

/** Reeds of several pitches through a bell. @param topHertz Cut-off of its lowpass. */
function reeds(random: Random, hertz: readonly number[], topHertz: number): Source {
  const voices = hertz.map((hz) => ({ hz: hz * random.between(0.995, 1.005), phase: random.next() }));
  const bell = new StateVariableFilter(topHertz * 0.5, 0.8);
  const top = new OnePole(topHertz);
  return mono((out, from, to, t) => {
    const rise = 1 - 0.03 * (1 - smoothstep(t / 0.1));
    for (const voice of voices) {
      voice.phase = addPulse(out, voice.phase, (voice.hz * rise) / SAMPLE_RATE, 0.35, 0.32, from, to);
    }
    bell.lowpass(out, out, from, to);
    top.lowpass(out, out, from, to);
    return true;
  });
}

function hornDef(
  name: string,
  description: string,
  family: Family,
  seconds: number,
  blow: (random: Random, seconds: number) => Source,
): OneShotDef {
  return {
    name,
    kind: 'oneShot',
    family,
    description,
    place: 'open',
    seconds,
    create: (random, { seconds: wanted }) => blow(random, wanted),
  };
}

const blast = (source: Source, seconds: number, rise: number, fall: number) =>
  shaped(source, seconds + 0.05, attackRelease(seconds, rise, fall));

/** A car horn, once or twice. */
export const horn = hornDef('horn', 'a car horn', 'city', 0.9, (random) => {
  const pair = [random.between(390, 420), random.between(490, 525)];
  const long = random.between(0.22, 0.6);
  const isTwice = random.chance(0.4);
  return mix([
    blast(reeds(random.fork(0), pair, 3500), isTwice ? 0.16 : long, 0.02, 0.05),
    ...(isTwice ? [delayed(0.26, blast(reeds(random.fork(1), pair, 3500), long, 0.02, 0.05))] : []),
  ]);
});

/** The chord of a train's horn. */
export const trainHorn = hornDef('train-horn', 'a train horn', 'city', 2, (random, seconds) =>
  blast(reeds(random, [311, 370, 440, 554], 2400), seconds, 0.08, 0.25),
);

/** The deep horn of a ship. */
export const shipHorn = hornDef('ship-horn', 'a ship’s horn', 'city', 3, (random, seconds) =>
  blast(reeds(random, [98, 123], 900), seconds, 0.25, 0.5),
);

/** A distant siren; planned only when words ask for it, since it may alarm drivers. */
export const siren = hornDef('siren', 'a siren', 'city', 8, (random, seconds) => {
  let phase = random.next();
  const bell = new StateVariableFilter(1400, 1);
  const top = new OnePole(1800);
  const wail = mono((out, from, to, t) => {
    const hertz = 560 + 520 * (0.5 - 0.5 * sine(t * 0.22 + 0.25));
    phase = addPulse(out, phase, hertz / SAMPLE_RATE, 0.4, 0.5, from, to);
    bell.lowpass(out, out, from, to);
    top.lowpass(out, out, from, to);
    return true;
  });
  return blast(wail, seconds, 1.5, 2);
});

/** One stroke of a church bell. */
export const churchBell = hornDef('church-bell', 'a church bell', 'city', 5, (random) => {
  const modes = modesOf(random, RATIOS.churchBell, 330, 5, 0.5);
  return foley(
    random,
    [{ at: 0, filter: 'bandpass', hertz: 1800, gain: 0.2, decay: 0.004 }],
    [{ at: 0, modes: beating(modes, 0.0007), gain: 0.45 }],
  );
});

/** A bicycle bell: two turns of the lever. */
export const bicycleBell = hornDef('bicycle-bell', 'a bicycle bell', 'city', 1, (random) => {
  const hertz = random.between(2300, 2650);
  return foley(
    random,
    [],
    [0, 0.05, 0.17, 0.22].map((at, i) => ({
      at,
      modes: beating(modesOf(random.fork(i), RATIOS.bar, hertz, 0.9, 0.5), 0.004),
      gain: i % 2 === 0 ? 0.3 : 0.2,
    })),
  );
});

/** The air brakes of a bus. */
export const airBrake = hornDef('air-brake', 'air brakes', 'city', 0.9, (random) =>
  foley(random, [
    { at: 0, filter: 'highpass', hertz: 2200, gain: 0.6, attack: 0.01, decay: 0.28 },
    { at: 0, filter: 'bandpass', hertz: 900, gain: 0.3, attack: 0.005, decay: 0.05 },
  ]),
);
