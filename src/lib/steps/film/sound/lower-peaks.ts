import { AAC_FRAME, encodeRanges, type SoundPacket, type PacketRange } from './encode-ranges.ts';
import { withDips, type Dip } from './dips.ts';
import { heightOf, packetPeaks, type PacketPeak } from './packet-peaks.ts';
import type { WavSound } from './wav-sound.ts';

/** Packets on each side of a packet that is too loud that are encoded with it, so that the dip lies inside. */
const AROUND = 3;
const MAX_TRIES = 4;
/** A dip goes a little deeper than necessary, but not deeper than this at once: mostly a small change is enough. */
const SPARE = 0.95;
const DEEPEST = { all: 0.85, bright: 0.3 };

/** Some packets of a sound, the one before them if there is one, and the index of the first. */
export interface PacketWindow {
  packets: readonly SoundPacket[];
  before: readonly SoundPacket[];
  first: number;
}

/** A range of a window that is too loud: the peaks of its packets as last encoded, and the lowest so far. */
interface Place extends PacketRange {
  peaks: PacketPeak[];
  height: number;
}

/**
 * Encodes the packets of a window again whose wave may exceed a ceiling: from the sound with dips there, and with
 * deeper ones where that was not enough. The best of four tries is used. What can't be decoded here stays unchanged.
 * @param delaySamples The encoder's delay. @param ceiling Of the wave, 1 at full scale.
 */
export async function lowerPeaks(
  { packets, before, first }: PacketWindow,
  config: AudioDecoderConfig,
  sound: WavSound,
  delaySamples: number,
  ceiling: number,
): Promise<SoundPacket[]> {
  const all = await packetPeaks(config, [...before, ...packets], ceiling);
  const peaks = all?.slice(before.length) ?? [];
  let lowered = [...packets];
  let places = placesAbove(peaks.map(heightOf), ceiling).map((place): Place => {
    const now = peaks.slice(place.from, place.to);
    return { ...place, peaks: now, height: Math.max(...now.map(heightOf)) };
  });
  const dips: Dip[] = [];
  for (let tries = 0; places.length > 0 && tries < MAX_TRIES; tries++) {
    dips.push(...places.flatMap((place) => dipsIn(place, first, delaySamples, ceiling)));
    const ranges = places.map(({ from, to }) => ({ from: first + from, to: first + to }));
    const coded = await Array.fromAsync(encodeRanges(withDips(sound, dips), 'aac', ranges));
    const left: Place[] = [];
    for (const place of places) {
      const trial = lowered.toSpliced(
        place.from,
        place.to - place.from,
        ...coded.splice(0, place.to - place.from),
      );
      if (trial.length !== lowered.length) return lowered;
      // With one more packet on each side, since packets overlap.
      const lead = [...before, ...trial.slice(0, place.from)].slice(-1);
      const heard = await packetPeaks(config, [...lead, ...trial.slice(place.from, place.to + 1)], ceiling);
      if (!heard) return lowered;
      const now = heard.slice(lead.length);
      const height = Math.max(...now.map(heightOf));
      if (height < place.height) lowered = trial;
      if (height > ceiling) left.push({ ...place, peaks: now, height: Math.min(height, place.height) });
    }
    places = left;
  }
  return lowered;
}

/** Ranges of packets around those above the ceiling; ranges that touch are joined. */
export function placesAbove(heights: readonly number[], ceiling: number): PacketRange[] {
  const places: PacketRange[] = [];
  for (const [at, height] of heights.entries()) {
    if (height <= ceiling) continue;
    const place = { from: Math.max(0, at - AROUND), to: Math.min(heights.length, at + AROUND + 1) };
    const last = places.at(-1);
    if (last && place.from <= last.to) last.to = place.to;
    else places.push(place);
  }
  return places;
}

function dipsIn({ from, peaks }: Place, first: number, delaySamples: number, ceiling: number): Dip[] {
  return peaks.flatMap((peak, index) => {
    if (heightOf(peak) <= ceiling) return [];
    const start = (first + from + index) * AAC_FRAME - delaySamples;
    return [{ from: start, to: start + AAC_FRAME, ...depth(peak, SPARE * ceiling) }];
  });
}

/** Substituted noise is bright, so attenuating the bright part is enough if the rest is below the ceiling. */
function depth(peak: PacketPeak, aim: number): Pick<Dip, 'gain' | 'isBright'> {
  if (peak.common > aim) return { gain: Math.max(DEEPEST.all, aim / heightOf(peak)), isBright: false };
  return { gain: Math.max(DEEPEST.bright, (aim - peak.common) / peak.noise), isBright: true };
}
