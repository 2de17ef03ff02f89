/** Mean of the values; 0 for none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length ? sum / values.length : 0;
}

/** Standard deviation of a population; 0 for none. */
export function deviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** 2;
  return values.length ? Math.sqrt(sum / values.length) : 0;
}

/** Pearson correlation of two lists of one length, -1 … 1; 0 if one of them is constant. */
export function correlation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const [centre, otherCentre] = [mean(one), mean(other)];
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i]! - centre) * (other[i]! - otherCentre);
  const spread = one.length * deviation(one) * deviation(other);
  return spread ? sum / spread : 0;
}

/** The middle value, or the mean of the two in the middle; 0 for none. */
export function median(values: ArrayLike<number>): number {
  if (!values.length) return 0;
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The value clamped to two bounds. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** 0 up to `from`, 1 from `to` on, and a smooth S (3t² - 2t³) in between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/** Probability of at least one of several independent events: 1 - Π(1 - p). */
export function eitherOf(...likelihoods: number[]): number {
  return 1 - likelihoods.reduce((none, likelihood) => none * (1 - likelihood), 1);
}
