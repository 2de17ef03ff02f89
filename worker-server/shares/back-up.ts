import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Database } from '../storage/database.ts';
import { migrate } from '../storage/migrations.ts';
import type { Settings } from '../settings.ts';
import { sharesDatabasePath } from './open-shares.ts';
import type { BlobKey, BlobStore } from './store/blob-store.ts';
import { openBlobStore } from './store/open-blob-store.ts';
import { SHARE_MIGRATIONS } from './store/share-migrations.ts';
import { ShareTable } from './store/share-table.ts';

/** The backup can't be made or restored. The message says why. */
export class BackupError extends Error {
  override name = 'BackupError';
}

const ROWS = 'shares.sqlite';

/**
 * Copies all links into an empty folder: first a consistent copy of the database, which works while a server runs, then
 * the files of every link, from disk or S3.
 * @returns The number of links. @throws BackupError
 */
export async function backUpShares(settings: Settings, folder: string): Promise<number> {
  const path = sharesDatabasePath(settings.DATA_DIR);
  if (!existsSync(path)) throw new BackupError(`There are no links in ${settings.DATA_DIR}.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, ROWS);
  if (existsSync(copy)) throw new BackupError(`${folder} holds a backup already: name an empty folder.`);
  {
    using db = new Database(path, { isShared: true });
    db.run('vacuum into ?', copy);
  }
  return eachFile(copy, async (key) => {
    const bytes = openBlobStore(settings).get(key, null, new AbortController().signal);
    // The link may have been deleted since the database was copied.
    await pipeline(bytes, createWriteStream(join(folder, key), { mode: 0o600 })).catch(ifGone);
  });
}

/**
 * Restores a backup into a data folder without links and into the blob store of the settings. Backups of older versions
 * are migrated. @returns The number of links. @throws BackupError
 */
export async function restoreShares(settings: Settings, folder: string): Promise<number> {
  const copy = join(folder, ROWS);
  const path = sharesDatabasePath(settings.DATA_DIR);
  if (!existsSync(copy)) throw new BackupError(`There is no backup in ${folder}.`);
  if (existsSync(path))
    throw new BackupError(`${settings.DATA_DIR} has links already: restore into an empty one.`);
  mkdirSync(settings.DATA_DIR, { recursive: true, mode: 0o700 });
  const blobs: BlobStore = openBlobStore(settings);
  const count = await eachFile(copy, async (key) => {
    const file = join(folder, key);
    if (!existsSync(file)) return;
    const moved = join(settings.DATA_DIR, `restored-${key}`);
    await copyFile(file, moved);
    await blobs.putFile(key, moved);
  });
  // The database comes last, so that an interrupted restore can be started again.
  await copyFile(copy, path);
  return count;
}

async function eachFile(rows: string, work: (key: BlobKey) => Promise<void>): Promise<number> {
  using db = new Database(rows, { isShared: true });
  migrate(db, SHARE_MIGRATIONS);
  const table = new ShareTable(db);
  const links = [...table.withStatus('live'), ...table.withStatus('deleted')];
  for (const { id } of links) {
    for (const kind of ['media', 'poster', 'card'] as const) await work(`${id}.${kind}`);
  }
  db.exec('pragma wal_checkpoint(truncate); pragma journal_mode = delete');
  for (const end of ['-wal', '-shm']) await rm(`${rows}${end}`, { force: true });
  return links.length;
}

function ifGone(error: Error): void {
  if (error.name !== 'BlobGoneError') throw error;
}
