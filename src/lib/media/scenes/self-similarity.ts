/** How the similarities are centred before neighbours are compared. */
export type Centring = 'none' | 'rows-and-columns';

/**
 * Change of a picture's similarity to all others (after the V2A scene detector): S = X·Xᵀ, then ΔSᵢ = Σⱼ |Sᵢⱼ - Sᵢ₊₁ⱼ|.
 * The printed formula subtracts the means of rows and columns without saying along which axis: read literally they cancel
 * out (`none`), and centring both is the other reading.
 * @param points Points of the same length, in order of time.
 * @returns One number less than there are points.
 */
export function similarityChanges(points: readonly ArrayLike<number>[], centring: Centring): number[] {
  const rows = points.map((one) => points.map((other) => dot(one, other)));
  if (centring === 'rows-and-columns') centre(rows);
  return rows
    .slice(1)
    .map((row, at) => row.reduce((sum, value, other) => sum + Math.abs(value - rows[at]![other]!), 0));
}

/**
 * The first points of new scenes: after each change of more than τ standard deviations (of the population). With τ = 5 no
 * change can be that large among fewer than 25: then there are none.
 */
export function similarityCuts(changes: readonly number[], tau: number): number[] {
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const variance = changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / changes.length;
  const least = tau * Math.sqrt(variance);
  return variance > 0 ? changes.flatMap((change, at) => (change > least ? [at + 1] : [])) : [];
}

function centre(rows: number[][]): void {
  const count = rows.length;
  const rowMeans = rows.map((row) => row.reduce((sum, value) => sum + value, 0) / count);
  const columnMeans = rows.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0) / count);
  for (const [at, row] of rows.entries())
    for (let other = 0; other < count; other++) row[other]! -= columnMeans[other]! + rowMeans[at]!;
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
  return sum;
}
