import type { Caption, ShareForm, ShareId } from '#lib/protocol/share.ts';
import type { Recipe } from '#lib/protocol/recipe.ts';
import type { Database } from '../../storage/database.ts';

/** Content of a link's page besides its title. */
export interface ShareDetails {
  language: 'en' | 'de' | 'it';
  captions: Caption[];
  recipe: Recipe | null;
  peaks: number[];
  durationSeconds: number;
  /** Pixels; 0 without a video track. */
  width: number;
  height: number;
}

/** `arriving`: the files are being stored. `gone`: the files are deleted, the row is kept to answer 410. */
export type ShareStatus = 'arriving' | 'live' | 'deleted' | 'gone';

/** One link. Times are milliseconds since 1970. */
export interface Share {
  id: ShareId;
  upload: string;
  form: ShareForm;
  deleteHash: string;
  title: string;
  details: ShareDetails | null;
  mediaType: string;
  mediaBytes: number;
  hasPoster: boolean;
  status: ShareStatus;
  createdAt: number;
  expiresAt: number;
}

interface Row extends Omit<Share, 'details' | 'hasPoster'> {
  details: string;
  hasPoster: number;
}

const COLUMNS = `id, upload, form, delete_hash as deleteHash, title, details, media_type as mediaType,
  media_bytes as mediaBytes, has_poster as hasPoster, status, created_at as createdAt, expires_at as expiresAt`;

/** The table of links. */
export class ShareTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  insert(share: Share): void {
    this.#db.run(
      'insert into shares values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)',
      ...[share.id, share.upload, share.form, share.deleteHash, share.title, JSON.stringify(share.details)],
      ...[share.mediaType, share.mediaBytes, Number(share.hasPoster), share.status],
      ...[share.createdAt, share.expiresAt],
    );
  }

  find(id: ShareId): Share | null {
    return toShare(this.#db.get<Row>(`select ${COLUMNS} from shares where id = ?`, id));
  }

  findByUpload(upload: string): Share | null {
    return toShare(this.#db.get<Row>(`select ${COLUMNS} from shares where upload = ?`, upload));
  }

  withStatus(status: ShareStatus): Share[] {
    return this.#db
      .all<Row>(`select ${COLUMNS} from shares where status = ?`, status)
      .map((row) => toShare(row)!);
  }

  setStatus(id: ShareId, status: ShareStatus, now: number): void {
    const deletedAt = status === 'live' ? null : now;
    this.#db.run('update shares set status = ?, deleted_at = ? where id = ?', status, deletedAt, id);
  }

  /** Links whose files can be deleted: expired, or deleted before `deletedBefore`. */
  expired(now: number, deletedBefore: number): ShareId[] {
    const sql = `select id from shares where (status = 'live' and expires_at <= ?)
      or (status = 'deleted' and deleted_at <= ?)`;
    return this.#db.all<{ id: ShareId }>(sql, now, deletedBefore).map(({ id }) => id);
  }

  /** Clears all content of a link and keeps only its id. */
  markGone(id: ShareId, now: number): void {
    this.#db.run(
      `update shares set status = 'gone', title = '', details = 'null', media_bytes = 0, deleted_at = ? where id = ?`,
      ...[now, id],
    );
  }

  remove(id: ShareId): void {
    this.#db.run('delete from shares where id = ?', id);
  }

  /** Removes the rows of links that have been gone since before a time. */
  removeGone(goneBefore: number): void {
    this.#db.run(`delete from shares where status = 'gone' and deleted_at <= ?`, goneBefore);
  }

  /** Total size of all media files, bytes. */
  bytes(): number {
    return this.#db.get<{ sum: number }>('select coalesce(sum(media_bytes), 0) as sum from shares')!.sum;
  }
}

function toShare(row: Row | undefined): Share | null {
  if (!row) return null;
  return { ...row, details: JSON.parse(row.details) as ShareDetails | null, hasPoster: row.hasPoster === 1 };
}
