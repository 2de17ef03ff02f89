import type { BlobName } from '#lib/job/blob-name.ts';
import { blobNames } from '#lib/job/job.ts';
import { hasBlob } from '#lib/worker/blob-store.ts';

/** Whether all blobs of an entry are still stored. */
export async function areBlobsThere({ output }: { output: unknown }): Promise<boolean> {
  const names = [...blobNames(output)] as BlobName[];
  return (await Promise.all(names.map(hasBlob))).every(Boolean);
}
