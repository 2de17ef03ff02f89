import { ApiError } from '../api-error.ts';
import type { Settings } from '../settings.ts';
import type { ShareTable } from './store/share-table.ts';
import type { UploadTable } from './store/upload-table.ts';

/** Open uploads per client address. */
const MAX_OPEN_UPLOADS = 4;

export type ShareSettings = Pick<
  Settings,
  'SHARE_MAX_BYTES' | 'SHARE_TOTAL_BYTES' | 'SHARE_DAY_BYTES' | 'SHARE_DAYS' | 'PUBLIC_URL' | 'SHARE_CONTACT'
>;

/** Checks the size of a new upload against the limits per file, per client and day, and in total. @throws ApiError */
export function checkQuota(
  client: string,
  bytes: number,
  settings: ShareSettings,
  shares: ShareTable,
  uploads: UploadTable,
  now: number,
): void {
  if (bytes > settings.SHARE_MAX_BYTES) {
    throw new ApiError(
      413,
      'ShareTooLargeError',
      `A file of at most ${settings.SHARE_MAX_BYTES} bytes was wanted.`,
    );
  }
  const { bytes: today, open } = uploads.ofClient(client, now);
  if (open >= MAX_OPEN_UPLOADS) {
    throw new ApiError(
      429,
      'ShareLimitError',
      `This address has ${open} uploads open already: finish one first.`,
    );
  }
  if (today + bytes > settings.SHARE_DAY_BYTES) {
    throw new ApiError(429, 'ShareLimitError', 'This address has uploaded as much as it may in one day.', {
      retryAfterMs: 3_600_000,
    });
  }
  if (shares.bytes() + uploads.openBytes() + bytes > settings.SHARE_TOTAL_BYTES) {
    throw new ApiError(503, 'ShareStoreFullError', 'This server has no room left for links.', {
      retryAfterMs: 3_600_000,
    });
  }
}
