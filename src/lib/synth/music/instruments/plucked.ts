import { CENT, clamp, panGains } from '../../dsp/maths.ts';
import { PluckedString, type PluckShape } from '../../dsp/plucked-string.ts';
import { addScaled, newBlock, peak } from '../../dsp/blocks.ts';
import { Body, type Resonances } from './body.ts';
import { instrument, type Instrument, type Tone, type ToneRequest } from './instrument.ts';

const string = newBlock();

/** Parameters of a plucked string instrument. */
interface PluckedDesign {
  shape: (hertz: number, velocity: number) => PluckShape;
  body: Resonances;
  /** Detuning of a second string in cents; 0 for a single string. */
  doubleCents: number;
}

function startPlucked({ hertz, velocity, random }: ToneRequest, design: PluckedDesign): Tone {
  const shape = design.shape(hertz, velocity);
  const strings = [new PluckedString(hertz, shape, random.fork(0))];
  if (design.doubleCents)
    strings.push(new PluckedString(hertz * (1 + design.doubleCents * CENT), shape, random.fork(1)));
  const body = new Body(design.body);
  const monoLevels = panGains(random.between(-0.12, 0.12));
  let blocks = 0;
  return {
    monoLevels,
    render(out) {
      string.fill(0);
      for (const each of strings) each.add(string, strings.length > 1 ? 0.65 : 1);
      if (blocks === 0) for (let i = 0; i < 24; i++) string[i] = (string[i]! * i) / 24;
      addScaled(out, string, 0.7);
      body.add(string, out);
      return ++blocks % 16 !== 0 || peak(out) > 1e-4;
    },
  };
}

function plucked(name: string, design: PluckedDesign, differences: Partial<Instrument>): Instrument {
  return instrument(name, (request) => startPlucked(request, design), {
    roundRobins: 2,
    velocityLayers: 2,
    ...differences,
  });
}

export const nylonGuitar = plucked(
  'nylon guitar',
  {
    shape: (hertz, velocity) => ({
      seconds: clamp(4.5 - hertz / 200, 0.9, 4.5),
      damping: 0.5 - 0.15 * velocity,
      position: 0.22,
      pluckHertz: 1300 + 2600 * velocity,
    }),
    body: [
      [104, 3, 0.8],
      [205, 4, 0.7],
      [415, 3, 0.45],
    ],
    doubleCents: 0,
  },
  { lowest: 40, highest: 88, releaseSeconds: 0.07, gain: 1.3 },
);
export const steelGuitar = plucked(
  'steel guitar',
  {
    shape: (hertz, velocity) => ({
      seconds: clamp(6 - hertz / 190, 1.2, 6),
      damping: 0.16,
      position: 0.13,
      pluckHertz: 2600 + 5200 * velocity,
    }),
    body: [
      [110, 3, 0.6],
      [220, 4, 0.5],
      [2600, 1.2, 0.25],
    ],
    doubleCents: 0,
  },
  { lowest: 40, highest: 88, releaseSeconds: 0.08, gain: 1.35 },
);
export const ukulele = plucked(
  'ukulele',
  {
    shape: (_, velocity) => ({
      seconds: 1.3,
      damping: 0.34,
      position: 0.28,
      pluckHertz: 2400 + 3400 * velocity,
    }),
    body: [
      [260, 3, 0.7],
      [520, 3, 0.5],
      [1100, 2, 0.25],
    ],
    doubleCents: 0,
  },
  { lowest: 55, highest: 91, releaseSeconds: 0.05, gain: 1.6 },
);
export const harp = plucked(
  'harp',
  {
    shape: (hertz, velocity) => ({
      seconds: clamp(6.5 - hertz / 220, 1.4, 6.5),
      damping: 0.3,
      position: 0.4,
      pluckHertz: 1500 + 3600 * velocity,
    }),
    body: [
      [180, 2, 0.4],
      [330, 2, 0.3],
    ],
    doubleCents: 0,
  },
  { lowest: 36, highest: 100, releaseSeconds: 0.5, gain: 1.3 },
);
export const pizzicato = plucked(
  'pizzicato strings',
  {
    shape: (hertz) => ({
      seconds: clamp(0.75 - hertz / 2200, 0.22, 0.75),
      damping: 0.55,
      position: 0.3,
      pluckHertz: 2800,
    }),
    body: [
      [290, 2.5, 0.9],
      [520, 2.5, 0.6],
      [1400, 1.5, 0.4],
    ],
    doubleCents: 7,
  },
  { lowest: 40, highest: 91, releaseSeconds: 0.25, gain: 2.2 },
);
export const uprightBass = plucked(
  'upright bass',
  {
    shape: (_, velocity) => ({
      seconds: 5,
      damping: 0.42,
      position: 0.24,
      pluckHertz: 900 + 1700 * velocity,
    }),
    body: [
      [98, 2.5, 0.5],
      [200, 2.5, 0.7],
      [640, 1.5, 0.5],
    ],
    doubleCents: 0,
  },
  { lowest: 28, highest: 60, releaseSeconds: 0.09, gain: 1.2 },
);
export const pickedBass = plucked(
  'picked bass',
  {
    shape: (_, velocity) => ({
      seconds: 4,
      damping: 0.2,
      position: 0.14,
      pluckHertz: 1400 + 2600 * velocity,
    }),
    body: [
      [110, 1.5, 0.3],
      [900, 1.2, 0.5],
    ],
    doubleCents: 0,
  },
  { lowest: 28, highest: 60, releaseSeconds: 0.06, gain: 1.1 },
);
