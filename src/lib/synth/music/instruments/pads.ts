import { Drift } from '../../dsp/drift.ts';
import { CENT, clamp, exp, exp2, midiToHertz, power, sine, smoothstep } from '../../dsp/maths.ts';
import { PadReader, buildPadTable, type PadSpectrum, type PadTable } from '../../dsp/pad-table.ts';
import { cachedPadTable } from './pad-table-cache.ts';
import { random } from '../../dsp/random.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS } from '../../dsp/sample-rate.ts';
import { instrument, type Instrument, type Tone, type ToneRequest } from './instrument.ts';

/** One table is used for this many semitones. */
const SPREAD = 5;

/** Parameters of a pad: its spectrum, and how the lowpass opens over a note. */
interface PadDesign {
  spectrum: PadSpectrum;
  attackSeconds: number;
  /** Cut-off of the open lowpass: `cutHertz` + `cutRatio` × the fundamental. */
  cutHertz: number;
  cutRatio: number;
  /** How far attack and velocity open the lowpass, 0 … 1. */
  opening: number;
  /** Depth of the slow random modulation of the cut-off, octaves. */
  wander: number;
  /** Tremolo: rate per second and depth 0 … 1. */
  tremolo?: { rate: number; depth: number };
  vibratoCents?: number;
}

function pad(name: string, design: PadDesign, differences: Partial<Instrument>): Instrument {
  const tableFor = (midi: number): PadTable => {
    const key = Math.round(midi / SPREAD) * SPREAD;
    return cachedPadTable(`${name}/${key}`, (id) =>
      buildPadTable(midiToHertz(key), design.spectrum, random(`pad/${id}`)),
    );
  };
  return instrument(name, (request) => startPad(request, design, tableFor(request.midi)), {
    isLive: true,
    lowest: 36,
    highest: 96,
    releaseSeconds: 0.5,
    ...differences,
  });
}

function startPad(
  { hertz, velocity, seconds: held, random: stream }: ToneRequest,
  design: PadDesign,
  table: PadTable,
): Tone {
  const attack = Math.min(design.attackSeconds, Math.max(0.02, held * 0.6));
  const drift = new Drift(stream, 0.3);
  const reader = new PadReader(table, stream.next());
  let seconds = 0;
  let level = 0;
  let phase = stream.next();
  const renderAt: NonNullable<Tone['renderAt']> = (left, right, levelLeft, levelRight, leftTo, rightTo) => {
    phase += BLOCK_SECONDS * 5.1;
    const bend = design.vibratoCents
      ? design.vibratoCents * CENT * sine(phase) * smoothstep((seconds - 0.3) / 0.7)
      : 0;
    const rise = smoothstep((seconds + BLOCK_SECONDS) / attack);
    const open = 1 - design.opening + design.opening * rise * (0.35 + 0.75 * velocity);
    const cut =
      (design.cutHertz + design.cutRatio * hertz) * open * exp2(design.wander * drift.advance(BLOCK_FRAMES));
    let to = rise;
    if (design.tremolo) {
      to *= 1 - design.tremolo.depth * (0.5 + 0.5 * sine(seconds * design.tremolo.rate + phase * 0.01));
    }
    const step = (hertz / table.hertz) * (1 + bend);
    reader.tune(step, clamp(cut * 1.5, 90, 18_000));
    reader.add(left, right, level * levelLeft, level * levelRight, to * leftTo, to * rightTo);
    level = to;
    seconds += BLOCK_SECONDS;
    return true;
  };
  return { renderAt, render: (left, right) => renderAt(left, right, 1, 1, 1, 1) };
}

/** A Gaussian formant. @param width Standard deviation, Hz. */
function formant(hertz: number, centre: number, width: number): number {
  const d = (hertz - centre) / width;
  return exp(-0.5 * d * d);
}

export const warmPad = pad(
  'warm pad',
  {
    spectrum: { amplitude: (n) => 1 / power(n, 1.25), widthCents: 32, widthGrowth: 1.05 },
    attackSeconds: 1.1,
    cutHertz: 500,
    cutRatio: 3.2,
    opening: 0.6,
    wander: 0.5,
  },
  { releaseSeconds: 0.7, gain: 0.8 },
);
export const glassPad = pad(
  'glass pad',
  {
    spectrum: {
      amplitude: (n) => [1, 0.5, 0.08, 0.3, 0.04, 0.16, 0, 0.14, 0, 0.05, 0, 0.05][n - 1] ?? 0,
      widthCents: 9,
      widthGrowth: 1.1,
    },
    attackSeconds: 1.6,
    cutHertz: 4000,
    cutRatio: 4,
    opening: 0.4,
    wander: 0.3,
  },
  { releaseSeconds: 0.9, gain: 0.75 },
);
export const airPad = pad(
  'air pad',
  {
    spectrum: { amplitude: (n) => 1 / power(n, 0.8), widthCents: 110, widthGrowth: 1.1 },
    attackSeconds: 1.8,
    cutHertz: 1800,
    cutRatio: 4,
    opening: 0.6,
    wander: 0.9,
  },
  { releaseSeconds: 0.9, gain: 0.7 },
);
export const choir = pad(
  'choir',
  {
    spectrum: {
      amplitude: (n, f) =>
        (0.05 +
          formant(f, 650, 140) +
          0.55 * formant(f, 1080, 150) +
          0.22 * formant(f, 2650, 260) +
          0.14 * formant(f, 3300, 300) +
          0.5 * formant(f, 280, 160)) /
        power(n, 0.35),
      widthCents: 30,
      widthGrowth: 1.15,
    },
    attackSeconds: 0.7,
    cutHertz: 3500,
    cutRatio: 3,
    opening: 0.5,
    wander: 0.2,
    vibratoCents: 9,
  },
  { lowest: 43, highest: 86, releaseSeconds: 0.45, gain: 0.8 },
);
const STRINGS: PadSpectrum = {
  amplitude: (n, f) =>
    (0.55 +
      0.9 * formant(f, 290, 90) +
      0.7 * formant(f, 520, 120) +
      0.6 * formant(f, 1150, 300) +
      0.75 * formant(f, 2600, 700)) /
    power(n, 0.95),
  widthCents: 22,
  widthGrowth: 1.12,
};
export const strings = pad(
  'strings',
  {
    spectrum: STRINGS,
    attackSeconds: 0.32,
    cutHertz: 1500,
    cutRatio: 5,
    opening: 0.65,
    wander: 0.15,
    vibratoCents: 8,
  },
  { lowest: 36, highest: 98, releaseSeconds: 0.28, gain: 0.8 },
);
export const tremoloStrings = pad(
  'tremolo strings',
  {
    spectrum: STRINGS,
    attackSeconds: 0.5,
    cutHertz: 2200,
    cutRatio: 5,
    opening: 0.7,
    wander: 0.2,
    tremolo: { rate: 10.5, depth: 0.6 },
  },
  { lowest: 43, highest: 98, releaseSeconds: 0.22, gain: 0.95 },
);
export const staccatoStrings = pad(
  'staccato strings',
  {
    spectrum: { ...STRINGS, widthCents: 16 },
    attackSeconds: 0.035,
    cutHertz: 1800,
    cutRatio: 6,
    opening: 0.5,
    wander: 0.1,
  },
  { lowest: 36, highest: 91, releaseSeconds: 0.09, gain: 0.7 },
);
export const brass = pad(
  'brass',
  {
    spectrum: {
      amplitude: (n, f) => (0.35 + 0.8 * formant(f, 480, 260) + 0.6 * formant(f, 1250, 500)) / power(n, 0.6),
      widthCents: 12,
      widthGrowth: 1.05,
    },
    attackSeconds: 0.12,
    cutHertz: 500,
    cutRatio: 7,
    opening: 0.8,
    wander: 0.1,
    vibratoCents: 4,
  },
  { lowest: 34, highest: 77, releaseSeconds: 0.16, gain: 0.8 },
);
export const organ = pad(
  'organ',
  {
    spectrum: {
      amplitude: (n) => [1, 0.7, 0.5, 0.45, 0.1, 0.25, 0.05, 0.3][n - 1] ?? 0,
      widthCents: 5,
      widthGrowth: 1,
    },
    attackSeconds: 0.06,
    cutHertz: 6000,
    cutRatio: 6,
    opening: 0.2,
    wander: 0.1,
    vibratoCents: 5,
  },
  { releaseSeconds: 0.1, gain: 0.75 },
);
export const synthPad = pad(
  'synth pad',
  {
    spectrum: { amplitude: (n) => 1 / n, widthCents: 26, widthGrowth: 1.02 },
    attackSeconds: 0.25,
    cutHertz: 1200,
    cutRatio: 5,
    opening: 0.75,
    wander: 0.5,
  },
  { releaseSeconds: 0.35, gain: 0.78 },
);
export const darkDrone = pad(
  'dark drone',
  {
    spectrum: { amplitude: (n) => (n % 2 ? 1 : 0.5) / power(n, 1.1), widthCents: 46, widthGrowth: 1.2 },
    attackSeconds: 1.5,
    cutHertz: 220,
    cutRatio: 4,
    opening: 0.5,
    wander: 1.1,
  },
  { lowest: 28, highest: 72, releaseSeconds: 0.9, gain: 0.85 },
);
