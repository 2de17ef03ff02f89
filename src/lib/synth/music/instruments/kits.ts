import { DRUMS } from '../players/drums.ts';
import {
  metalDrum,
  modalDrum,
  noiseDrum,
  skinDrum,
  type MetalDesign,
  type NoiseDesign,
  type SkinDesign,
} from './drum-sounds.ts';
import { instrument, type Instrument, type Tone } from './instrument.ts';
import type { Random } from '../../dsp/random.ts';

/** Two sounds at once: the skin and the wires of a snare. */
function both(a: Tone, b: Tone): Tone {
  return {
    render(left, right) {
      const first = a.render(left, right);
      const second = b.render(left, right);
      return first || second;
    },
  };
}

/** What makes one kit differ from another; everything else follows. */
interface KitDesign {
  kick: SkinDesign;
  snareSkin: SkinDesign;
  snare: NoiseDesign;
  clap: NoiseDesign;
  toms: SkinDesign;
  shaker: NoiseDesign;
  hat: MetalDesign;
  openSeconds: number;
  crashSeconds: number;
}

function kit(name: string, design: KitDesign, differences: Partial<Instrument> = {}): Instrument {
  const play = (midi: number, velocity: number, random: Random): Tone => {
    switch (midi) {
      case DRUMS.kick:
        return skinDrum(design.kick, velocity, random);
      case DRUMS.snare:
        return both(skinDrum(design.snareSkin, velocity, random), noiseDrum(design.snare, random));
      case DRUMS.clap:
      case DRUMS.snap:
        return noiseDrum(
          midi === DRUMS.snap
            ? { ...design.clap, hertz: design.clap.hertz * 1.7, bursts: [0], seconds: 0.09, level: 3.4 }
            : design.clap,
          random,
        );
      case DRUMS.lowTom:
        return skinDrum(design.toms, velocity, random);
      case DRUMS.midTom:
        return skinDrum({ ...design.toms, hertz: design.toms.hertz * 1.34, pan: 0.25 }, velocity, random);
      case DRUMS.highTom:
        return skinDrum({ ...design.toms, hertz: design.toms.hertz * 1.8, pan: -0.3 }, velocity, random);
      case DRUMS.hat:
        return metalDrum(design.hat, random);
      case DRUMS.openHat:
        return metalDrum({ ...design.hat, seconds: design.openSeconds, wash: 0.7 }, random);
      case DRUMS.crash:
        return metalDrum(
          {
            ...design.hat,
            pitch: design.hat.pitch * 0.86,
            highpassHertz: design.hat.highpassHertz * 0.45,
            seconds: design.crashSeconds,
            wash: 0.6,
            pan: -0.1,
          },
          random,
        );
      case DRUMS.ride:
        return metalDrum(
          {
            ...design.hat,
            pitch: design.hat.pitch * 0.93,
            highpassHertz: design.hat.highpassHertz * 0.62,
            seconds: 0.9,
            wash: 0.3,
            pan: 0.3,
          },
          random,
        );
      case DRUMS.tambourine:
        return noiseDrum(
          { ...design.shaker, hertz: 8200, quality: 2, bursts: [0, 0.012], seconds: 0.16, pan: 0.3 },
          random,
        );
      case DRUMS.shaker:
        return noiseDrum(design.shaker, random);
      case DRUMS.woodblock:
        return modalDrum(
          [
            [980, 1.2, 0.09],
            [2310, 0.5, 0.05],
          ],
          0.25,
          random,
        );
      case DRUMS.triangle:
        return modalDrum(
          [
            [4200, 0.2, 1.6],
            [6730, 0.13, 1.2],
            [9120, 0.12, 0.8],
          ],
          -0.35,
          random,
        );
      default:
        return modalDrum(
          [
            [1710, 0.8, 0.05],
            [480, 0.8, 0.06],
            [3300, 0.45, 0.03],
          ],
          -0.15,
          random,
        );
    }
  };
  return instrument(name, ({ midi, velocity, random }) => play(midi, velocity, random), {
    lowest: 0,
    highest: 127,
    releaseSeconds: 9,
    layers: 2,
    variations: 3,
    ...differences,
  });
}

const ACOUSTIC: KitDesign = {
  kick: {
    hertz: 52,
    bend: 1.6,
    bendPerSecond: 38,
    seconds: 0.32,
    click: 0.4,
    clickHertz: 3800,
    overtone: 0.18,
    drive: 1.3,
    level: 1.9,
  },
  snareSkin: {
    hertz: 188,
    bend: 0.4,
    bendPerSecond: 60,
    seconds: 0.2,
    click: 0.2,
    clickHertz: 5000,
    overtone: 0.5,
    drive: 1.1,
  },
  snare: {
    hertz: 2100,
    level: 0.8,
    quality: 0.6,
    brightHertz: 4200,
    brightGain: 0.45,
    seconds: 0.22,
    bursts: [0],
    attackSeconds: 0.001,
  },
  clap: {
    hertz: 1250,
    level: 2.6,
    quality: 1.3,
    brightHertz: 5000,
    brightGain: 0.1,
    seconds: 0.22,
    bursts: [0, 0.011, 0.021, 0.033],
    attackSeconds: 0.001,
  },
  toms: {
    hertz: 88,
    bend: 0.5,
    bendPerSecond: 18,
    seconds: 0.6,
    click: 0.2,
    clickHertz: 1800,
    overtone: 0.35,
    drive: 1.2,
  },
  shaker: {
    hertz: 6200,
    level: 1.5,
    quality: 1,
    brightHertz: 9000,
    brightGain: 0.2,
    seconds: 0.11,
    bursts: [0],
    attackSeconds: 0.018,
    pan: -0.35,
  },
  hat: { pitch: 1, highpassHertz: 7200, seconds: 0.12, wash: 0, darkHertz: 15_000, pan: 0.25 },
  openSeconds: 0.5,
  crashSeconds: 1.7,
};

export const acousticKit = kit('acoustic drums', ACOUSTIC, { gain: 0.85 });
export const brushKit = kit(
  'brushes',
  {
    ...ACOUSTIC,
    kick: { ...ACOUSTIC.kick, click: 0.12, clickHertz: 1200, drive: 1, level: 1.9 },
    snareSkin: { ...ACOUSTIC.snareSkin, click: 0.05, seconds: 0.1 },
    snare: {
      ...ACOUSTIC.snare,
      hertz: 3200,
      quality: 0.5,
      brightGain: 0.2,
      seconds: 0.26,
      attackSeconds: 0.012,
    },
    hat: { ...ACOUSTIC.hat, darkHertz: 10_000 },
  },
  { gain: 0.7 },
);
export const lofiKit = kit(
  'lo-fi drums',
  {
    ...ACOUSTIC,
    kick: {
      hertz: 56,
      bend: 1.2,
      bendPerSecond: 34,
      seconds: 0.3,
      click: 0.16,
      clickHertz: 1500,
      overtone: 0.12,
      drive: 2,
      level: 1.9,
    },
    snareSkin: { ...ACOUSTIC.snareSkin, hertz: 172, seconds: 0.16 },
    snare: { ...ACOUSTIC.snare, hertz: 1500, brightHertz: 3200, brightGain: 0.2, seconds: 0.2 },
    hat: { ...ACOUSTIC.hat, highpassHertz: 5600, darkHertz: 8200, seconds: 0.09 },
  },
  { gain: 0.9 },
);
export const electronicKit = kit(
  'electronic drums',
  {
    ...ACOUSTIC,
    kick: {
      hertz: 47,
      bend: 3.6,
      bendPerSecond: 46,
      seconds: 0.42,
      click: 0.35,
      clickHertz: 5200,
      overtone: 0,
      drive: 2,
      level: 1.9,
    },
    snareSkin: { ...ACOUSTIC.snareSkin, hertz: 205, seconds: 0.12, overtone: 0.3 },
    snare: { ...ACOUSTIC.snare, hertz: 2600, brightGain: 0.6, seconds: 0.2 },
    clap: { ...ACOUSTIC.clap, hertz: 1500, seconds: 0.28 },
    hat: { ...ACOUSTIC.hat, pitch: 1.12, highpassHertz: 8200, seconds: 0.09 },
    openSeconds: 0.36,
  },
  { gain: 0.9 },
);
export const orchestralKit = kit(
  'orchestral drums',
  {
    ...ACOUSTIC,
    kick: {
      hertz: 50,
      bend: 0.9,
      bendPerSecond: 20,
      seconds: 1.2,
      click: 0.5,
      clickHertz: 900,
      overtone: 0.3,
      drive: 1.5,
      level: 1.9,
    },
    snareSkin: { ...ACOUSTIC.snareSkin, hertz: 170, seconds: 0.24 },
    snare: { ...ACOUSTIC.snare, seconds: 0.3, brightGain: 0.5 },
    toms: {
      hertz: 66,
      bend: 0.4,
      bendPerSecond: 22,
      seconds: 1,
      click: 0.9,
      clickHertz: 700,
      overtone: 0.45,
      drive: 1.5,
    },
    crashSeconds: 2.6,
  },
  { gain: 1 },
);
export const handKit = kit(
  'hand percussion',
  {
    ...ACOUSTIC,
    kick: {
      hertz: 74,
      bend: 0.6,
      bendPerSecond: 40,
      seconds: 0.34,
      click: 0.25,
      clickHertz: 1400,
      overtone: 0.3,
      drive: 1.2,
      level: 1.9,
    },
    snareSkin: {
      hertz: 215,
      bend: 0.25,
      bendPerSecond: 60,
      seconds: 0.16,
      click: 0.5,
      clickHertz: 4200,
      overtone: 0.6,
      drive: 1.1,
    },
    snare: { ...ACOUSTIC.snare, hertz: 1500, brightGain: 0.1, seconds: 0.06 },
    toms: {
      hertz: 150,
      bend: 0.2,
      bendPerSecond: 30,
      seconds: 0.3,
      click: 0.3,
      clickHertz: 2600,
      overtone: 0.4,
      drive: 1.1,
    },
  },
  { gain: 0.85 },
);
