import { AAC_FRAME, codeStretch, type SoundPacket } from './code-stretch.ts';
import { withDips, type Dip } from './dips.ts';
import { heightOf, packetPeaks, type PacketPeak } from './packet-peaks.ts';
import type { WavSound } from './wav-sound.ts';

const MOST_TRIES = 4;
/** A dip goes a little deeper than it must, but not deeper than this in one try: mostly a small change is enough. */
const SPARE = 0.95;
const DEEPEST = { all: 0.85, bright: 0.3 };

/** Packets that are to be coded anew: those at `from` to just before `to` of a window. */
export interface RecodePlace {
  window: readonly SoundPacket[];
  from: number;
  to: number;
  /** The packet before the window, if there is one. */
  before: readonly SoundPacket[];
  /** How many packets of the sound lie before the window. */
  first: number;
  config: AudioDecoderConfig;
}

/**
 * Codes some packets anew from the sound with dips where their wave may rise above the ceiling, deeper ones where that was
 * not enough, and gives the window with the lowest that came out of four tries.
 */
export async function recodeBelow(
  { window, from, to, before, first, config }: RecodePlace,
  sound: WavSound,
  delaySamples: number,
  ceiling: number,
): Promise<SoundPacket[]> {
  const dips: Dip[] = [];
  let best = [...window];
  let lowest = Infinity;
  let trial = best;
  for (let tries = 0; ; tries++) {
    // One packet more on each side: they overlap.
    const lead = [...before, ...trial.slice(0, from)].slice(-1);
    const peaks = await packetPeaks(config, [...lead, ...trial.slice(from, to + 1)], ceiling);
    const heard = peaks?.slice(lead.length) ?? [];
    const highest = Math.max(...heard.map(heightOf));
    if (highest < lowest) [best, lowest] = [trial, highest];
    if (highest <= ceiling || tries === MOST_TRIES || heard.length === 0) return best;
    for (const [index, peak] of heard.entries()) {
      if (heightOf(peak) <= ceiling) continue;
      const start = (first + from + index) * AAC_FRAME - delaySamples;
      dips.push({ from: start, to: start + AAC_FRAME, ...depth(peak, SPARE * ceiling) });
    }
    const coded = await Array.fromAsync(codeStretch(withDips(sound, dips), 'aac', first + from, first + to));
    if (coded.length !== to - from) return best;
    trial = window.toSpliced(from, to - from, ...coded);
  }
}

/** Made-up noise is bright, so less of that is enough where the rest stays below. */
function depth(peak: PacketPeak, aim: number): Pick<Dip, 'gain' | 'isBright'> {
  if (peak.common > aim) return { gain: Math.max(DEEPEST.all, aim / heightOf(peak)), isBright: false };
  return { gain: Math.max(DEEPEST.bright, (aim - peak.common) / peak.noise), isBright: true };
}
