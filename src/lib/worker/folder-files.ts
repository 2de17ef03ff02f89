/**
 * The files of an origin-private folder. A file that another worker renames or removes in the meantime is left out: no
 * listing may fail because a step is writing.
 */
export async function* folderFiles(folder: FileSystemDirectoryHandle): AsyncGenerator<File> {
  for await (const handle of folder.values()) {
    if (handle.kind !== 'file') continue;
    const file = await handle.getFile().catch(ignoreGone);
    if (file) yield file;
  }
}

function ignoreGone(error: unknown): null {
  if ((error as DOMException).name !== 'NotFoundError') throw error;
  return null;
}
