import type { EncodedPacket } from 'mediabunny';

/** Samples that a decoder may return beyond the duration of the packets. */
const SPARE = 8192;

/**
 * Decodes packets with the browser's decoder. The part that the first packet shares with the one before it is missing.
 * Returns one array of samples per channel.
 * @throws DOMException when the browser can't decode them.
 */
export async function decodePackets(
  config: AudioDecoderConfig,
  packets: readonly EncodedPacket[],
): Promise<Float32Array[]> {
  const seconds = packets.reduce((sum, { duration }) => sum + duration, 0);
  const capacity = Math.ceil(seconds * config.sampleRate) + SPARE;
  const planes = Array.from({ length: config.numberOfChannels }, () => new Float32Array(capacity));
  let filled = 0;
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const decoder = new AudioDecoder({
    output(data) {
      const end = Math.min(capacity, filled + data.numberOfFrames);
      for (const [planeIndex, plane] of planes.entries()) {
        const frameCount = end - filled;
        data.copyTo(plane.subarray(filled, end), { planeIndex, frameCount, format: 'f32-planar' });
      }
      filled = end;
      data.close();
    },
    error: reject,
  });
  try {
    decoder.configure(config);
    // Packets may come from several encoders, so their own timestamps can't be used.
    let timestamp = 0;
    for (const packet of packets) {
      decoder.decode(packet.clone({ timestamp }).toEncodedAudioChunk());
      timestamp += packet.duration;
    }
    await Promise.race([decoder.flush(), failed]);
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  return planes.map((plane) => plane.subarray(0, filled));
}
