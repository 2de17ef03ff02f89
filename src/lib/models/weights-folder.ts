import { folderFiles } from '#lib/worker/folder-files.ts';

/** The folder of all weights in the origin-private file system. */
const FOLDER = 'weights';

/** Suffix of an unfinished file. */
const UNFINISHED = '.part';
const TAG = '.tag';

/** The folder of all weights on this device. */
export async function weightsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** The weights with that name, or null when they are not completely on this device. */
export async function findWeights(name: string): Promise<File | null> {
  try {
    return await (await (await weightsFolder()).getFileHandle(name)).getFile();
  } catch (error) {
    if ((error as DOMException).name === 'NotFoundError') return null;
    throw error;
  }
}

/** Names and sizes of all weights on this device, including unfinished ones. */
export async function listWeights(): Promise<{ name: string; bytes: number; isFinished: boolean }[]> {
  const found: { name: string; bytes: number; isFinished: boolean }[] = [];
  for await (const { name, size: bytes } of folderFiles(await weightsFolder())) {
    if (name.endsWith(TAG)) continue;
    const isFinished = !name.endsWith(UNFINISHED);
    found.push({ name: isFinished ? name : name.slice(0, -UNFINISHED.length), bytes, isFinished });
  }
  return found;
}

/** Deletes weights, finished or not. A file that is being written stays. */
export async function deleteWeights(name: string): Promise<void> {
  const folder = await weightsFolder();
  for (const entry of [name, unfinishedName(name), tagName(name)]) {
    await folder.removeEntry(entry).catch(() => undefined);
  }
}

/** The name of an unfinished file. */
export function unfinishedName(name: string): string {
  return name + UNFINISHED;
}

/** The name of the file with the entity tag of an unfinished download (RFC 9110, 8.8.3). */
export function tagName(name: string): string {
  return name + TAG;
}
