import type { DescribeSpec, GenerateSpec } from '#lib/protocol/job-request.ts';
import type { Database } from '../storage/database.ts';

/** Durations kept per bucket, the newest ones. */
export const SAMPLES_PER_BUCKET = 31;

/** Estimates how long runs take from the measured durations of similar runs, which are kept in the database. */
export class DurationEstimates {
  readonly #db: Database;
  readonly #samples = new Map<string, number[]>();

  constructor(db: Database) {
    this.#db = db;
    const rows = db.all<{ bucket: string; ms: number }>('select bucket, ms from durations order by id');
    for (const { bucket, ms } of rows) this.#keep(bucket, ms);
  }

  /** Median duration in milliseconds; null when no run of this bucket was measured. */
  median(bucket: string): number | null {
    return medianOf(this.#samples.get(bucket) ?? []);
  }

  add(bucket: string, ms: number): void {
    this.#db.run('insert into durations (bucket, ms) values (?, ?)', bucket, ms);
    this.#db.run(
      `delete from durations where bucket = ?1 and id <=
         (select id from durations where bucket = ?1 order by id desc limit 1 offset ${SAMPLES_PER_BUCKET})`,
      bucket,
    );
    this.#keep(bucket, ms);
  }

  #keep(bucket: string, ms: number): void {
    const samples = this.#samples.get(bucket) ?? [];
    samples.push(ms);
    if (samples.length > SAMPLES_PER_BUCKET) samples.shift();
    this.#samples.set(bucket, samples);
  }
}

/** The upper median; null for an empty list. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}

/** The bucket of a request: runs with the same engine, steps and number of parts, and a length within half an octave. */
export function bucketOf(spec: GenerateSpec | DescribeSpec): string {
  if ('question' in spec) return `${spec.engine}/describe`;
  const { engine, music, effects, seconds, steps, candidates } = spec;
  const parts = candidates * [music, effects].filter((prompt) => prompt !== undefined).length;
  return `${engine}/generate/${Math.round(2 * Math.log2(seconds))}/${steps}/${parts}`;
}
