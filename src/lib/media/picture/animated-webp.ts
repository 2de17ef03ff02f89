/** Follows the WebP container specification (RFC 9649, section 2.7). */
import { joinBytes } from '#lib/media/join-bytes.ts';

/** A picture is no WebP file that can be part of an animation. */
export class WebpError extends Error {
  override name = 'WebpError';
}

const FORM_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const IS_ANIMATED = 0x02;
const HAS_ALPHA = 0x10;
/** Each frame replaces the one before. */
const NO_BLENDING = 0x02;
const MAX_SIDE = 1 << 14;

/**
 * Joins still WebP pictures of one size into an animation that loops forever.
 * @param stills Whole WebP files, each `width` × `height` pixels.
 * @param frameMilliseconds Duration of each frame.
 * @throws WebpError when one is no WebP file; TypeError when there is none, or the size is impossible.
 */
export function animateWebp(
  stills: readonly Uint8Array[],
  width: number,
  height: number,
  frameMilliseconds: number,
): Uint8Array<ArrayBuffer> {
  if (stills.length === 0) throw new TypeError('An animation needs at least one picture; none came.');
  if (!isSide(width) || !isSide(height))
    throw new TypeError(`A WebP side is 1 to ${MAX_SIDE} pixels; ${width} × ${height} came.`);
  const frames = stills.map((still) => pictureChunks(still));
  const hasAlpha = frames.some((chunks) => chunks.some(({ id }) => id === 'ALPH' || id === 'VP8L'));
  const parts = [
    chunk('VP8X', bytes([4, IS_ANIMATED | (hasAlpha ? HAS_ALPHA : 0)], [3, width - 1], [3, height - 1])),
    chunk('ANIM', bytes([4, 0], [2, 0])),
    ...frames.map((chunks) => {
      const place = bytes([3, 0], [3, 0], [3, width - 1], [3, height - 1]);
      const head = bytes([3, Math.round(frameMilliseconds)], [1, NO_BLENDING]);
      return chunk('ANMF', joinBytes(place, head, ...chunks.map(({ id, data }) => chunk(id, data))));
    }),
  ];
  return chunk('RIFF', joinBytes(ascii('WEBP'), ...parts));
}

/** The chunks with the pixels of a still picture. */
function pictureChunks(file: Uint8Array): { id: string; data: Uint8Array }[] {
  const isWebp = text(file, 0) === 'RIFF' && text(file, 8) === 'WEBP';
  if (!isWebp) throw new WebpError('A WebP picture was wanted; this browser made another kind of file.');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found = [];
  for (let at = FORM_BYTES; at + CHUNK_HEADER_BYTES <= file.length;) {
    const size = view.getUint32(at + 4, true);
    const id = text(file, at);
    const start = at + CHUNK_HEADER_BYTES;
    if (start + size > file.length) throw new WebpError('This WebP picture was cut off.');
    if (['VP8 ', 'VP8L', 'ALPH'].includes(id)) found.push({ id, data: file.subarray(start, start + size) });
    at = start + size + (size % 2);
  }
  if (!found.some(({ id }) => id !== 'ALPH')) throw new WebpError('This WebP picture has no pixels.');
  return found;
}

function chunk(id: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  return joinBytes(ascii(id), bytes([4, data.length]), data, new Uint8Array(data.length % 2));
}

/** Numbers as little-endian bytes, each given as [count of bytes, value]. */
function bytes(...numbers: [count: number, value: number][]): Uint8Array {
  return Uint8Array.from(
    numbers.flatMap(([count, value]) =>
      Array.from({ length: count }, (_, at) => (value >>> (8 * at)) & 0xff),
    ),
  );
}

const ascii = (word: string) => new TextEncoder().encode(word);
const text = (file: Uint8Array, at: number) => String.fromCharCode(...file.subarray(at, at + 4));
const isSide = (side: number) => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE;
