/** Something with a beginning and an end. */
interface Span {
  startSeconds: number;
  endSeconds: number;
}

/**
 * Puts spans in as few rows as possible, so that none overlaps another one in its row.
 * @param leastSeconds Shorter spans take up as much, so that they can be touched.
 * @returns The row of each span, from 0 on.
 */
export function rowsOf(spans: readonly Span[], leastSeconds = 0): number[] {
  const ends: number[] = [];
  const rows = Array.from<number>({ length: spans.length });
  const order = [...spans.keys()].sort((a, b) => spans[a]!.startSeconds - spans[b]!.startSeconds || a - b);
  for (const at of order) {
    const { startSeconds, endSeconds } = spans[at]!;
    const free = ends.findIndex((end) => end <= startSeconds + 1e-6);
    const row = free === -1 ? ends.length : free;
    ends[row] = Math.max(endSeconds, startSeconds + leastSeconds);
    rows[at] = row;
  }
  return rows;
}
