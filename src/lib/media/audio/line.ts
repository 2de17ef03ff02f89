/** A point of a line: a value at a time. */
export interface LinePoint {
  atSeconds: number;
  value: number;
}

/**
 * The value of a line at a time: straight between its points, which are in ascending order, and constant before the first
 * and after the last.
 * @param otherwise The value of a line without points.
 */
export function lineAt(points: readonly LinePoint[], seconds: number, otherwise = 0): number {
  const after = points.findIndex(({ atSeconds }) => atSeconds > seconds);
  const before = points.at(after === -1 ? -1 : after - 1);
  if (after <= 0 || !before) return (after === 0 ? points[0] : before)?.value ?? otherwise;
  const next = points[after]!;
  const share = (seconds - before.atSeconds) / (next.atSeconds - before.atSeconds);
  return before.value + (next.value - before.value) * share;
}
