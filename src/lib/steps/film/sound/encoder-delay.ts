import { canEncodeAudio } from 'mediabunny';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { SoundCodec } from '../choose-container.ts';
import { decodePackets } from './decode-packets.ts';
import { SoundEncoder } from './sound-encoder.ts';

/** Frames of the AAC encoder that comes with this app (libavcodec's): one frame of 1024 samples ahead. */
const OWN_AAC_DELAY = 1024;
/** A click well inside a sound of silence. */
const CLICK_AT = 6000;
const PROBE_SAMPLES = 14_400;
/** No AAC encoder can do with less than the overlap of one frame, none is known to take more than four. */
const PLAUSIBLE = { least: 1024, most: 4096 };

/** An encoder that is ready to be opened. */
export interface PreparedEncoder {
  /** Samples of silence at 48 kHz that it puts before the sound. */
  delaySamples: number;
  /** Whether it is the one that comes with this app: it uses one core. */
  isOurs: boolean;
}

let aac: Promise<PreparedEncoder> | null = null;

/**
 * Makes an encoder available. AAC: the platform's encoder when it has one whose delay can be measured, else ours,
 * loaded now. Opus: the first packet's configuration tells the delay (`opusPreSkip`), so it is 0 here.
 */
export async function prepareEncoder(codec: SoundCodec): Promise<PreparedEncoder> {
  if (codec === 'opus') return { delaySamples: 0, isOurs: false };
  aac ??= prepareAac().catch((error: unknown) => {
    aac = null;
    throw error;
  });
  return aac;
}

/** Samples at 48 kHz that a decoder throws away at the beginning, from an `OpusHead` (RFC 7845, section 5.1). */
export function opusPreSkip(description: AllowSharedBufferSource | undefined): number {
  if (!description) return 0;
  const view = ArrayBuffer.isView(description)
    ? new DataView(description.buffer, description.byteOffset, description.byteLength)
    : new DataView(description);
  return view.byteLength >= 12 ? view.getUint16(10, true) : 0;
}

async function prepareAac(): Promise<PreparedEncoder> {
  const wanted = { numberOfChannels: 2, sampleRate: SAMPLE_RATE, bitrate: 256_000 };
  if (await canEncodeAudio('aac', wanted)) {
    const delay = await measureAacDelay();
    if (delay !== null) return { delaySamples: delay, isOurs: false };
  }
  const { registerAacEncoder } = await import('@mediabunny/aac-encoder');
  registerAacEncoder();
  return { delaySamples: OWN_AAC_DELAY, isOurs: true };
}

/**
 * Codes and decodes a click to see by how many samples the encoder shifts it: nothing in WebCodecs tells.
 * Null when the platform can't decode what it coded, or the answer is impossible.
 */
export async function measureAacDelay(): Promise<number | null> {
  try {
    const probe = new Int16Array(PROBE_SAMPLES * 2);
    probe[CLICK_AT * 2] = probe[CLICK_AT * 2 + 1] = 30_000;
    const encoder = await SoundEncoder.open('aac');
    const packets = [...(await encoder.add(probe)), ...(await encoder.finish())];
    const config = packets[0]?.meta?.decoderConfig;
    if (!config) return null;
    const [left] = await decodePackets(
      config,
      packets.map(({ packet }) => packet),
    );
    const delay = indexOfPeak(left!) - CLICK_AT;
    return delay >= PLAUSIBLE.least && delay <= PLAUSIBLE.most ? delay : null;
  } catch {
    return null;
  }
}

function indexOfPeak(samples: Float32Array): number {
  let peak = 0;
  for (let i = 1; i < samples.length; i++) {
    if (Math.abs(samples[i]!) > Math.abs(samples[peak]!)) peak = i;
  }
  return peak;
}
