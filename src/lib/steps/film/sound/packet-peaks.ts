import { largestMagnitude } from '#lib/media/audio/largest-magnitude.ts';
import { TRUE_PEAK_AFTER, TRUE_PEAK_BEFORE, truePeak } from '#lib/media/audio/true-peak.ts';
import { AAC_FRAME, type SoundPacket } from './encode-ranges.ts';
import { decodePackets } from './decode-packets.ts';
import { madeUpNoise } from './made-up-noise.ts';

/** The shortest window of AAC, in which substituted noise has one level. */
const SHORT_WINDOW = 128;
/** Maximum ratio of peak and RMS of the noise: libavcodec's decoder also substitutes single clicks. */
const CREST = 10;

/** Maximum of a packet's wave, 1 at full scale: the part that all decoders have in common, and the noise. */
export interface PacketPeak {
  common: number;
  noise: number;
}

/** The maximum of a packet's wave in all. */
export const heightOf = ({ common, noise }: PacketPeak): number => common + noise;

/**
 * The peaks of AAC packets, of the louder channel; exact where they reach `floor`. Every decoder substitutes other
 * noise for some bands above 4 kHz, so the packets are decoded twice: the difference is that noise. The first packet
 * lacks what it shares with the one before it. Null when this browser can't decode AAC, or doesn't return a frame for
 * every packet.
 */
export async function packetPeaks(
  config: AudioDecoderConfig,
  packets: readonly SoundPacket[],
  floor: number,
): Promise<PacketPeak[] | null> {
  const noise = await madeUpNoise();
  const planes = await decode(config, packets);
  const others = planes && (await decode(config, [...noise, ...packets]));
  if (!others) return null;
  const channels = planes.map((plane, channel) => {
    const other = others[channel]!.subarray(noise.length * AAC_FRAME);
    // The first packet depends on the one before it.
    other.set(plane.subarray(0, AAC_FRAME));
    return [padded(plane), padded(other)] as const;
  });
  return packets.map((_, index) => {
    const from = TRUE_PEAK_BEFORE + index * AAC_FRAME;
    return channels.map(([wave, other]) => peakOf(wave, other, from, floor)).reduce(higher);
  });
}

async function decode(
  config: AudioDecoderConfig,
  packets: readonly SoundPacket[],
): Promise<Float32Array[] | null> {
  const planes = await decodePackets(
    config,
    packets.map(({ packet }) => packet),
  ).catch(() => null);
  return planes?.every((plane) => plane.length === packets.length * AAC_FRAME) ? planes : null;
}

/** Adds the samples that a true peak needs at both ends. */
function padded(plane: Float32Array): Float32Array {
  const wave = new Float32Array(TRUE_PEAK_BEFORE + plane.length + TRUE_PEAK_AFTER);
  wave.set(plane, TRUE_PEAK_BEFORE);
  return wave;
}

/** The peak of one packet, from two decodings. */
function peakOf(wave: Float32Array, other: Float32Array, from: number, floor: number): PacketPeak {
  const to = from + AAC_FRAME;
  const middle = new Float32Array(SHORT_WINDOW);
  let peak: PacketPeak = { common: 0, noise: 0 };
  for (let start = from; start < to; start += SHORT_WINDOW) {
    let energy = 0;
    for (let index = 0; index < SHORT_WINDOW; index++) {
      const one = wave[start + index]!;
      const difference = one - other[start + index]!;
      middle[index] = one - difference / 2;
      energy += difference * difference;
    }
    const noise = CREST * Math.sqrt(energy / 2 / SHORT_WINDOW);
    peak = higher(peak, { common: largestMagnitude(middle, 0, SHORT_WINDOW), noise });
  }
  const real = truePeak(wave, from, to, floor);
  if (peak.noise === 0) return { common: real, noise: 0 };
  const highest = Math.max(real, truePeak(other, from, to, floor));
  return higher(peak, { common: peak.common, noise: highest - peak.common });
}

function higher(a: PacketPeak, b: PacketPeak): PacketPeak {
  return heightOf(b) > heightOf(a) ? b : a;
}
