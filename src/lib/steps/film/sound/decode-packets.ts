import type { EncodedPacket } from 'mediabunny';

/**
 * Decodes packets with the browser's decoder, as if nothing were before the first one: what that one shares with its
 * predecessor is missing. Gives one array of samples per channel.
 * @throws DOMException when the browser can't decode them.
 */
export async function decodePackets(
  config: AudioDecoderConfig,
  packets: readonly EncodedPacket[],
): Promise<Float32Array[]> {
  const pieces: Float32Array[][] = Array.from({ length: config.numberOfChannels }, () => []);
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const decoder = new AudioDecoder({
    output(data) {
      for (const [planeIndex, plane] of pieces.entries()) {
        const piece = new Float32Array(data.numberOfFrames);
        data.copyTo(piece, { planeIndex, format: 'f32-planar' });
        plane.push(piece);
      }
      data.close();
    },
    error: reject,
  });
  try {
    decoder.configure(config);
    // Their own times may be those of several encoders.
    let timestamp = 0;
    for (const packet of packets) {
      decoder.decode(packet.clone({ timestamp }).toEncodedAudioChunk());
      timestamp += packet.duration;
    }
    await Promise.race([decoder.flush(), failed]);
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  return pieces.map(joined);
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
