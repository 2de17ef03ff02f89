import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';

/** The ancestors of a track's edit list (ISO/IEC 14496-12, section 8.6). */
const PARENTS = new Set(['moov', 'trak', 'edts']);

/**
 * When sound starts later than the film, mediabunny lets the track begin with the encoder's delay as silence. This
 * hides the delay instead, as players expect: the empty edit gets longer by it, and the media edit begins after it.
 * @param moov The whole index of an MP4. @param delays Samples of delay at 48 kHz, by track number (1, 2, …).
 * @returns A copy of the index with the same size, in which the sound starts at the exact sample.
 */
export function hideDelays(moov: Uint8Array, delays: ReadonlyMap<number, number>): Uint8Array {
  const view = new DataView(moov.slice().buffer);
  let movieClock = 0;
  let track = 0;
  const walk = (from: number, end: number) => {
    for (let at = from; at + 8 <= end; at += Math.max(8, view.getUint32(at))) {
      const name = boxName(view, at);
      const body = at + 8;
      if (PARENTS.has(name)) walk(body, Math.min(end, at + view.getUint32(at)));
      if (name === 'mvhd') movieClock = view.getUint32(body + (view.getUint8(body) === 1 ? 20 : 12));
      if (name === 'tkhd') track = view.getUint32(body + (view.getUint8(body) === 1 ? 20 : 12));
      if (name === 'elst') hideDelay(view, body, delays.get(track) ?? 0, movieClock);
    }
  };
  walk(0, view.byteLength);
  return new Uint8Array(view.buffer);
}

/** Changes an edit list of two entries, an empty edit and the media; leaves others unchanged. */
function hideDelay(view: DataView, body: number, delay: number, movieClock: number): void {
  const isLong = view.getUint8(body) === 1;
  if (delay === 0 || view.getUint32(body + 4) !== 2) return;
  const bytes = isLong ? 8 : 4;
  const empty = body + 8;
  const media = empty + 2 * bytes + 4;
  const read = (at: number) => (isLong ? Number(view.getBigInt64(at)) : view.getInt32(at));
  const write = (at: number, value: number) =>
    isLong ? view.setBigInt64(at, BigInt(value)) : view.setInt32(at, value);
  if (read(empty + bytes) !== -1 || read(media + bytes) !== 0) return;
  const hidden = Math.round((delay / SAMPLE_RATE) * movieClock);
  write(empty, read(empty) + hidden);
  write(media, read(media) - hidden);
  write(media + bytes, delay);
}

function boxName(view: DataView, at: number): string {
  return String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
}
