/** The ancestors of a track's fields: Segment, Tracks, TrackEntry (RFC 9559, section 5.1). */
const PARENTS = new Set([0x18538067, 0x1654ae6b, 0xae]);
const SEEK_PRE_ROLL = 0x56bb;

/** The byte that turns the id of SeekPreRoll (0x56BB) into that of CodecDelay (0x56AA). */
export const CODEC_DELAY_BYTE = 0xaa;

/**
 * Where an Opus track's SeekPreRoll has to become its CodecDelay: mediabunny writes the encoder's pre-skip into the
 * first, RFC 9559 (section 5.1.4.1.28) requires it in the second. Otherwise the sound is 6.5 ms late.
 * @param header The Segment's header as mediabunny wrote it; its own size may still be unknown.
 * @returns Offsets of the bytes in the header that have to become `CODEC_DELAY_BYTE`.
 */
export function codecDelayOffsets(header: Uint8Array): number[] {
  const found: number[] = [];
  const walk = (from: number, end: number) => {
    for (let at = from; at < end;) {
      const name = readNumber(header, at, true);
      const size = readNumber(header, at + name.bytes, false);
      const start = at + name.bytes + size.bytes;
      if (PARENTS.has(name.value)) walk(start, Math.min(end, start + size.value));
      if (name.value === SEEK_PRE_ROLL) found.push(at + 1);
      at = start + size.value;
    }
  };
  walk(0, header.length);
  return found;
}

/** A variable-length number of EBML (RFC 8794, section 4): ids keep their length marker, sizes don't. */
function readNumber(data: Uint8Array, at: number, isName: boolean): { value: number; bytes: number } {
  const first = data[at] ?? 0;
  const bytes = Math.max(1, Math.clz32(first) - 23);
  let value = isName ? first : first & (0xff >> bytes);
  for (let i = 1; i < bytes; i++) value = value * 256 + (data[at + i] ?? 0);
  return { value, bytes };
}
