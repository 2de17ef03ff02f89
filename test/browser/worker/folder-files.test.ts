import { expect, test } from 'vitest';
import { folderFiles } from '#lib/worker/folder-files.ts';

test('files that vanish while a folder is listed are left out', async () => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('listed', { create: true });
  const names = Array.from({ length: 8 }, (_, at) => `file-${at}`);
  for (const name of names) await folder.getFileHandle(name, { create: true });
  await folder.getDirectoryHandle('not a file', { create: true });
  const seen: string[] = [];
  for await (const { name } of folderFiles(folder)) {
    seen.push(name);
    // As a worker does that renames its finished file.
    for (const other of names) if (other !== name) await folder.removeEntry(other).catch(() => undefined);
  }
  expect(seen).toHaveLength(1);
  await root.removeEntry('listed', { recursive: true });
});
