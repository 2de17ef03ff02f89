import type { Log } from '../log.ts';
import type { ShareService } from './share-service.ts';
import type { ShareTable } from './store/share-table.ts';
import type { UploadTable } from './store/upload-table.ts';

const RUN_MILLISECONDS = 10 * 60_000;
/** How long a deleted link can be restored. */
const UNDO_MILLISECONDS = 10 * 60_000;
/** How long the address of a link that is gone answers 410 instead of 404. */
const GONE_MILLISECONDS = 30 * 86_400_000;

/** Deletes expired links and abandoned uploads every ten minutes. */
export class ShareRetention implements Disposable {
  readonly #service: ShareService;
  readonly #shares: ShareTable;
  readonly #uploads: UploadTable;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;

  constructor(service: ShareService, shares: ShareTable, uploads: UploadTable, log: Log) {
    this.#service = service;
    this.#shares = shares;
    this.#uploads = uploads;
    this.#log = log;
    this.#timer = setInterval(() => void this.runQuietly(), RUN_MILLISECONDS);
    this.#timer.unref();
  }

  async run(now = Date.now()): Promise<void> {
    const count = await this.#service.deleteExpired(now - UNDO_MILLISECONDS);
    if (count > 0) this.#log.info({ count }, 'expired links deleted');
    this.#shares.removeGone(now - GONE_MILLISECONDS);
    for (const id of this.#uploads.abandoned(now)) await this.#service.uploads.forget(id);
    this.#uploads.forget(now);
  }

  /** Logs errors instead of throwing: a blob store that is unavailable is retried at the next run. */
  async runQuietly(): Promise<void> {
    await this.run().catch((error: unknown) => {
      this.#log.error({ error: (error as Error).stack }, 'deleting expired links failed');
    });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
