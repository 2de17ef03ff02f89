/** First and last byte of a range, inclusive, from 0. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * Parses a `Range` header (RFC 9110, 14.1.2). Null when it must be ignored: missing, another unit, several ranges, or
 * invalid. `unsatisfiable` when it doesn't overlap the content.
 * @param size Length of the content, bytes.
 */
export function readByteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return null;
  if (first >= size) return 'unsatisfiable';
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}
