import { largestMagnitude } from '#lib/media/audio/largest-magnitude.ts';
import { TRUE_PEAK_AFTER, TRUE_PEAK_BEFORE, truePeak } from '#lib/media/audio/true-peak.ts';
import { AAC_FRAME, type SoundPacket } from './code-stretch.ts';
import { decodePackets } from './decode-packets.ts';
import { madeUpNoise } from './made-up-noise.ts';

/** The shortest window of AAC, within which made-up noise has one level. */
const SHORT_WINDOW = 128;
/** How many times its effective value noise rises: one sample in a hundred is higher. */
const CREST = 2.5;

/**
 * How high the wave of every packet of AAC may rise, the louder channel's, 1 at full scale; exact where it reaches `floor`.
 * Every decoder makes up other noise for some bands: where two decodings differ, the peak is what they have in common and
 * the crest of that noise. The first packet lacks what it shares with the one before it.
 * Null where this browser can't decode AAC, or doesn't give a frame for every packet.
 */
export async function packetPeaks(
  config: AudioDecoderConfig,
  packets: readonly SoundPacket[],
  floor: number,
): Promise<number[] | null> {
  const noise = await madeUpNoise();
  const planes = await decode(config, packets);
  const others = planes && (await decode(config, [...noise, ...packets]));
  if (!others) return null;
  const channels = planes.map((plane, channel) => {
    const other = others[channel]!.subarray(noise.length * AAC_FRAME);
    // The first packet is not the same behind other ones.
    other.set(plane.subarray(0, AAC_FRAME));
    return [padded(plane), padded(other)] as const;
  });
  return packets.map((_, index) => {
    const from = TRUE_PEAK_BEFORE + index * AAC_FRAME;
    return Math.max(...channels.map(([wave, other]) => highest(wave, other, from, floor)));
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

/** With room for what a true peak needs before and behind. */
function padded(plane: Float32Array): Float32Array {
  const wave = new Float32Array(TRUE_PEAK_BEFORE + plane.length + TRUE_PEAK_AFTER);
  wave.set(plane, TRUE_PEAK_BEFORE);
  return wave;
}

/** How high the wave of one packet may rise, from two decodings of it. */
function highest(wave: Float32Array, other: Float32Array, from: number, floor: number): number {
  const to = from + AAC_FRAME;
  let peak = truePeak(wave, from, to, floor);
  const common = new Float32Array(SHORT_WINDOW);
  let isSame = true;
  for (let start = from; start < to; start += SHORT_WINDOW) {
    let energy = 0;
    for (let index = 0; index < SHORT_WINDOW; index++) {
      const [a, b] = [wave[start + index]!, other[start + index]!];
      common[index] = (a + b) / 2;
      energy += (a - b) ** 2;
    }
    if (energy === 0) continue;
    isSame = false;
    const noise = Math.sqrt(energy / 2 / SHORT_WINDOW);
    peak = Math.max(peak, largestMagnitude(common, 0, SHORT_WINDOW) + CREST * noise);
  }
  return isSame ? peak : Math.max(peak, truePeak(other, from, to, floor));
}
