import { blobFolder } from '#lib/worker/blob-store.ts';
import { folderFiles } from '#lib/worker/folder-files.ts';
import type { ProjectSummary } from './project.ts';

/** Bytes of each project on this device, by id. Blobs that two projects share count for both. */
export async function projectSizes(projects: readonly ProjectSummary[]): Promise<Map<string, number>> {
  const bytes = new Map<string, number>();
  for await (const { name, size } of folderFiles(await blobFolder())) bytes.set(name, size);
  return new Map(
    projects.map(({ id, blobs }) => [id, [...blobs].reduce((sum, name) => sum + (bytes.get(name) ?? 0), 0)]),
  );
}
