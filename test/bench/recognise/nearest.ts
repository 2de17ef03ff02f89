/** An example with its name. */
export interface Example {
  label: string;
  features: readonly number[];
}

/** Names things by the examples that are most like them (k nearest neighbours on standardised features). */
export class Recogniser {
  readonly #examples: readonly Example[];
  readonly #mean: number[];
  readonly #scale: number[];
  readonly #scaled: number[][];
  readonly #neighbours: number;

  constructor(examples: readonly Example[], neighbours: number) {
    const dimensions = examples[0]!.features.length;
    const column = (d: number) => examples.map(({ features }) => features[d]!);
    this.#examples = examples;
    this.#neighbours = neighbours;
    this.#mean = Array.from({ length: dimensions }, (_, d) => average(column(d)));
    this.#scale = this.#mean.map(
      (m, d) => 1 / (Math.sqrt(average(column(d).map((x) => (x - m) ** 2))) + 1e-6),
    );
    this.#scaled = examples.map(({ features }) => this.#standardise(features));
  }

  /** The label with the most weight among the nearest; `isAllowed` leaves examples out by their index. */
  name(features: readonly number[], isAllowed: (index: number) => boolean = () => true): string {
    const x = this.#standardise(features);
    const nearest = this.#scaled
      .map((y, index) => ({ index, distance: distanceBetween(x, y) }))
      .filter(({ index }) => isAllowed(index))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, this.#neighbours);
    const votes = new Map<string, number>();
    for (const { index, distance } of nearest) {
      const { label } = this.#examples[index]!;
      votes.set(label, (votes.get(label) ?? 0) + 1 / (distance + 1e-3));
    }
    return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  }

  /** Share of examples named right when each is left out in turn. */
  leaveOneOut(): number {
    const right = this.#examples.filter(
      ({ features, label }, i) => this.name(features, (index) => index !== i) === label,
    );
    return right.length / this.#examples.length;
  }

  #standardise(features: readonly number[]): number[] {
    return features.map((x, d) => Math.max(-4, Math.min(4, (x - this.#mean[d]!) * this.#scale[d]!)));
  }
}

function average(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function distanceBetween(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}
