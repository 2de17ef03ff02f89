import { createHmac } from 'node:crypto';
import type { Database } from '../../storage/database.ts';

const DAY_MILLISECONDS = 86_400_000;

/** Uploads of the last day per client. Clients are stored as an HMAC, not as addresses. */
export class UploadTable {
  readonly #db: Database;
  readonly #salt: Uint8Array;

  constructor(db: Database) {
    this.#db = db;
    this.#salt = db.get<{ bytes: Uint8Array }>('select bytes from salt')!.bytes;
  }

  begin(id: string, client: string, bytes: number, now: number): void {
    this.#db.run('insert into uploads values (?, ?, ?, ?, 1)', id, this.#digest(client), bytes, now);
  }

  /** Frees the reserved space of an upload; it still counts for the daily limit of its client. */
  close(id: string): void {
    this.#db.run('update uploads set is_open = 0 where id = ?', id);
  }

  isOpen(id: string): boolean {
    return this.#db.get('select 1 from uploads where id = ? and is_open = 1', id) !== undefined;
  }

  /** Bytes that a client uploaded in the last day, and how many of its uploads are open. */
  ofClient(client: string, now: number): { bytes: number; open: number } {
    return this.#db.get<{ bytes: number; open: number }>(
      `select coalesce(sum(bytes), 0) as bytes, coalesce(sum(is_open), 0) as open
       from uploads where client = ? and created_at > ?`,
      ...[this.#digest(client), now - DAY_MILLISECONDS],
    )!;
  }

  /** Total declared size of open uploads, bytes. */
  openBytes(): number {
    return this.#db.get<{ sum: number }>(
      'select coalesce(sum(bytes), 0) as sum from uploads where is_open = 1',
    )!.sum;
  }

  /** Uploads that have been open for more than a day. */
  abandoned(now: number): string[] {
    return this.#db
      .all<{ id: string }>(
        'select id from uploads where is_open = 1 and created_at <= ?',
        now - DAY_MILLISECONDS,
      )
      .map(({ id }) => id);
  }

  /** Removes closed uploads that no longer count for a daily limit. */
  forget(now: number): void {
    this.#db.run('delete from uploads where is_open = 0 and created_at <= ?', now - DAY_MILLISECONDS);
  }

  #digest(client: string): string {
    return createHmac('sha256', this.#salt).update(client).digest('base64url');
  }
}
