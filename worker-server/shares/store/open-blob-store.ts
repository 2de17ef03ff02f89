import { join } from 'node:path';
import type { Settings } from '../../settings.ts';
import type { BlobStore } from './blob-store.ts';
import { DiskStore } from './disk-store.ts';
import { S3Store } from './s3-store.ts';

type StoreSettings = Pick<
  Settings,
  'DATA_DIR' | 'S3_ENDPOINT' | 'S3_BUCKET' | 'S3_REGION' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'
>;

/**
 * Opens the blob store of the settings: S3 if S3_ENDPOINT is set, otherwise a folder in DATA_DIR.
 * @throws TypeError when the S3 credentials are missing.
 */
export function openBlobStore(settings: StoreSettings): BlobStore {
  if (settings.S3_ENDPOINT === '') return new DiskStore(join(settings.DATA_DIR, 'shares'));
  if (settings.S3_ACCESS_KEY_ID === '' || settings.S3_SECRET_ACCESS_KEY === '') {
    throw new TypeError('S3_ENDPOINT wants S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY as well.');
  }
  return new S3Store({
    endpoint: settings.S3_ENDPOINT,
    bucket: settings.S3_BUCKET,
    region: settings.S3_REGION,
    accessKeyId: settings.S3_ACCESS_KEY_ID,
    secretAccessKey: settings.S3_SECRET_ACCESS_KEY,
  });
}
