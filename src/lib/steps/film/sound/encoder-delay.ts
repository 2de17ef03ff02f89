import { canEncodeAudio } from 'mediabunny';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { SoundCodec } from '../choose-container.ts';
import { decodePackets } from './decode-packets.ts';
import { SoundEncoder } from './sound-encoder.ts';

/** Delay of the app's own AAC encoder (libavcodec): one frame of 1024 samples. */
const OWN_AAC_DELAY = 1024;
/** Position of a click in a silent sound. */
const CLICK_AT = 6000;
const PROBE_SAMPLES = 14_400;
/** An AAC encoder needs at least the overlap of one frame, and none is known to need more than four. */
const PLAUSIBLE = { least: 1024, most: 4096 };

/** An encoder that can be opened. */
export interface PreparedEncoder {
  /** Samples of silence at 48 kHz that it adds before the sound. */
  delaySamples: number;
  /** Whether it is the app's own encoder, which uses one core. */
  isOurs: boolean;
}

let aac: Promise<PreparedEncoder> | null = null;

/**
 * Prepares an encoder. AAC: the platform's encoder if there is one and its delay can be measured, else the app's own,
 * which is loaded now. Opus: the first packet's configuration contains the delay (`opusPreSkip`), so it is 0 here.
 */
export async function prepareEncoder(codec: SoundCodec): Promise<PreparedEncoder> {
  if (codec === 'opus') return { delaySamples: 0, isOurs: false };
  aac ??= prepareAac().catch((error: unknown) => {
    aac = null;
    throw error;
  });
  return aac;
}

/** Samples at 48 kHz that a decoder drops at the beginning, from an `OpusHead` (RFC 7845, section 5.1). */
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
 * Measures the delay of the platform's AAC encoder with a click, since WebCodecs does not report it.
 * Null when the platform can't decode the result, or the delay is impossible.
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
