import type { DescribeSpec, GenerateSpec } from '#lib/protocol/job-request.ts';
import type { Database } from '../storage/database.ts';

/** Newer runs say more: so many of each kind are remembered. */
export const REMEMBERED = 31;

/** How long runs took, by engine and kind of request; it outlives the server. */
export class DurationBook {
  readonly #db: Database;
  readonly #measured = new Map<string, number[]>();

  constructor(db: Database) {
    this.#db = db;
    const rows = db.all<{ bucket: string; ms: number }>('select bucket, ms from durations order by id');
    for (const { bucket, ms } of rows) this.#remember(bucket, ms);
  }

  /** Median milliseconds of a run of this kind, or null while none was measured. */
  median(bucket: string): number | null {
    return medianOf(this.#measured.get(bucket) ?? []);
  }

  add(bucket: string, ms: number): void {
    this.#db.run('insert into durations (bucket, ms) values (?, ?)', bucket, ms);
    this.#db.run(
      `delete from durations where bucket = ?1 and id <=
         (select id from durations where bucket = ?1 order by id desc limit 1 offset ${REMEMBERED})`,
      bucket,
    );
    this.#remember(bucket, ms);
  }

  #remember(bucket: string, ms: number): void {
    const list = this.#measured.get(bucket) ?? [];
    list.push(ms);
    if (list.length > REMEMBERED) list.shift();
    this.#measured.set(bucket, list);
  }
}

/** The value in the middle, the greater of two; null where there is none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}

/**
 * Requests that take about as long as one another: the same engine, steps and number of takes, and a length within
 * half an octave.
 */
export function bucketOf(spec: GenerateSpec | DescribeSpec): string {
  if ('question' in spec) return `${spec.engine}/describe`;
  const { engine, music, effects, seconds, steps, candidates } = spec;
  const takes = candidates * [music, effects].filter((prompt) => prompt !== undefined).length;
  return `${engine}/generate/${Math.round(2 * Math.log2(seconds))}/${steps}/${takes}`;
}
