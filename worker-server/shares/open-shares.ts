import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../storage/database.ts';
import { migrate } from '../storage/migrations.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { ShareService } from './share-service.ts';
import { checkQuota } from './share-limits.ts';
import { ShareRetention } from './share-retention.ts';
import { openBlobStore } from './store/open-blob-store.ts';
import { SHARE_MIGRATIONS } from './store/share-migrations.ts';
import { ShareTable } from './store/share-table.ts';
import { UploadTable } from './store/upload-table.ts';
import { Uploads } from './uploads.ts';

/** The service of links and its retention. Disposing stops the retention and closes the database. */
export interface OpenShares extends Disposable {
  service: ShareService;
  retention: ShareRetention;
}

/** Path of the database of links. */
export function sharesDatabasePath(dataFolder: string): string {
  return join(dataFolder, 'shares.sqlite');
}

/**
 * Opens the links of a data folder and starts to remove what a crashed server left unfinished.
 * @throws DataFolderError when a newer version created the database.
 */
export function openShares(settings: Settings, log: Log, now: () => number = Date.now): OpenShares {
  mkdirSync(settings.DATA_DIR, { recursive: true, mode: 0o700 });
  using stack = new DisposableStack();
  const db = stack.use(new Database(sharesDatabasePath(settings.DATA_DIR), { isShared: true }));
  migrate(db, SHARE_MIGRATIONS);
  const shares = new ShareTable(db);
  const table = new UploadTable(db);
  const folder = join(settings.DATA_DIR, 'uploads');
  const uploads = new Uploads(folder, table, settings.SHARE_MAX_BYTES, (client, bytes) =>
    checkQuota(client, bytes, settings, shares, table, now()),
  );
  const blobs = openBlobStore(settings);
  const service = new ShareService({ shares, uploads, blobs, settings, adminToken: settings.TOKEN, now });
  const retention = stack.use(new ShareRetention(service, shares, table, log));
  void service
    .removeUnfinished()
    .catch(() => undefined)
    .then(() => retention.runQuietly());
  const opened = stack.move();
  return { service, retention, [Symbol.dispose]: () => opened.dispose() };
}
