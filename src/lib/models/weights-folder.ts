/** All weights lie in this folder of the origin-private file system. */
const FOLDER = 'weights';

/** Marks a file that is still being written, and the note that tells which version of it is coming. */
const UNFINISHED = '.part';
const TAG = '.tag';

/** The folder of all weights on this device. */
export async function weightsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** The weights of that name, or null when they are not (wholly) on this device. */
export async function findWeights(name: string): Promise<File | null> {
  try {
    return await (await (await weightsFolder()).getFileHandle(name)).getFile();
  } catch (error) {
    if ((error as DOMException).name === 'NotFoundError') return null;
    throw error;
  }
}

/** Names and sizes of all weights on this device, finished or begun. */
export async function listWeights(): Promise<{ name: string; bytes: number; isFinished: boolean }[]> {
  const found: { name: string; bytes: number; isFinished: boolean }[] = [];
  for await (const [name, handle] of (await weightsFolder()).entries()) {
    if (handle.kind !== 'file' || name.endsWith(TAG)) continue;
    const { size: bytes } = await handle.getFile();
    const isFinished = !name.endsWith(UNFINISHED);
    found.push({ name: isFinished ? name : name.slice(0, -UNFINISHED.length), bytes, isFinished });
  }
  return found;
}

/** Deletes weights, finished or not. A file that is being written at this moment stays. */
export async function deleteWeights(name: string): Promise<void> {
  const folder = await weightsFolder();
  for (const entry of [name, unfinishedName(name), tagName(name)]) {
    await folder.removeEntry(entry).catch(() => undefined);
  }
}

/** The name of the unfinished file of some weights. */
export function unfinishedName(name: string): string {
  return name + UNFINISHED;
}

/** The name of the note with the entity tag of a begun download (RFC 9110, 8.8.3). */
export function tagName(name: string): string {
  return name + TAG;
}
