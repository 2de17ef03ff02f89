import { createHmac } from 'node:crypto';
import type { Database } from '../../storage/database.ts';

const DAY_MILLISECONDS = 86_400_000;

/** Who has uploaded how much: for a day, and without anybody's address. */
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

  /** It needs no room of its own any more, but still counts for its client's day. */
  close(id: string): void {
    this.#db.run('update uploads set is_open = 0 where id = ?', id);
  }

  isOpen(id: string): boolean {
    return this.#db.get('select 1 from uploads where id = ? and is_open = 1', id) !== undefined;
  }

  /** Bytes and number of a client's uploads of one day, and how many of them are open. */
  ofClient(client: string, now: number): { bytes: number; open: number } {
    return this.#db.get<{ bytes: number; open: number }>(
      `select coalesce(sum(bytes), 0) as bytes, coalesce(sum(is_open), 0) as open
       from uploads where client = ? and created_at > ?`,
      ...[this.#digest(client), now - DAY_MILLISECONDS],
    )!;
  }

  /** Bytes that open uploads may still come to. */
  openBytes(): number {
    return this.#db.get<{ sum: number }>(
      'select coalesce(sum(bytes), 0) as sum from uploads where is_open = 1',
    )!.sum;
  }

  /** Uploads that were left for a day. */
  abandoned(now: number): string[] {
    return this.#db
      .all<{ id: string }>(
        'select id from uploads where is_open = 1 and created_at <= ?',
        now - DAY_MILLISECONDS,
      )
      .map(({ id }) => id);
  }

  /** Forgets what counts for nothing any more. */
  forget(now: number): void {
    this.#db.run('delete from uploads where is_open = 0 and created_at <= ?', now - DAY_MILLISECONDS);
  }

  #digest(client: string): string {
    return createHmac('sha256', this.#salt).update(client).digest('base64url');
  }
}
