/**
 * Interleaves channels as little-endian 16-bit samples, rounded and clipped at full scale; NaN becomes 0. Without dither,
 * so that equal samples always give equal bytes.
 */
export function toPcm16(channels: readonly Float32Array[]): Buffer {
  const frames = channels[0]?.length ?? 0;
  const bytes = Buffer.alloc(frames * channels.length * 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  channels.forEach((samples, channel) => {
    for (let frame = 0, at = channel * 2; frame < frames; frame++, at += channels.length * 2) {
      const value = Math.round(samples[frame]! * 32_768);
      view.setInt16(at, value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value || 0, true);
    }
  });
  return bytes;
}
