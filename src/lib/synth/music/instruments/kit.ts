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

/** The sum of two tones: the skin and the wires of a snare. */
function both(a: Tone, b: Tone): Tone {
  return {
    render(left, right) {
      const hasMoreA = a.render(left, right);
      const hasMoreB = b.render(left, right);
      return hasMoreA || hasMoreB;
    },
  };
}

/** Parameters of a drum kit; all drums are derived from these. */
export interface KitDesign {
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

/** A drum kit: one drum per General MIDI percussion number. */
export function kit(name: string, design: KitDesign, differences: Partial<Instrument> = {}): Instrument {
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
    velocityLayers: 2,
    roundRobins: 3,
    ...differences,
  });
}
