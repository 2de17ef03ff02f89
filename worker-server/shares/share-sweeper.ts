import type { Log } from '../log.ts';
import type { ShareDesk } from './share-desk.ts';
import type { ShareTable } from './store/share-table.ts';
import type { UploadTable } from './store/upload-table.ts';

const SWEEP_MILLISECONDS = 10 * 60_000;
/** How long a deleted link can be brought back. */
const UNDO_MILLISECONDS = 10 * 60_000;
/** How long a link's address says that there was something. */
const GONE_MILLISECONDS = 30 * 86_400_000;

/** Takes away, every ten minutes, what is past its time: the files first, then what the rows tell. */
export class ShareSweeper implements Disposable {
  readonly #desk: ShareDesk;
  readonly #shares: ShareTable;
  readonly #uploads: UploadTable;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;

  constructor(desk: ShareDesk, shares: ShareTable, uploads: UploadTable, log: Log) {
    this.#desk = desk;
    this.#shares = shares;
    this.#uploads = uploads;
    this.#log = log;
    this.#timer = setInterval(() => void this.sweepQuietly(), SWEEP_MILLISECONDS);
    this.#timer.unref();
  }

  async sweep(now = Date.now()): Promise<void> {
    const count = await this.#desk.emptyOld(now - UNDO_MILLISECONDS);
    if (count > 0) this.#log.info({ count }, 'links swept');
    this.#shares.forget(now - GONE_MILLISECONDS);
    for (const id of this.#uploads.leftOpen(now)) await this.#desk.uploads.forget(id);
    this.#uploads.forget(now);
  }

  /** A store that is away for a while is asked again at the next time. */
  async sweepQuietly(): Promise<void> {
    await this.sweep().catch((error: unknown) => {
      this.#log.error({ error: (error as Error).stack }, 'the sweep of links failed');
    });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
