import { blobFolder } from '#lib/worker/blob-store.ts';
import { folderFiles } from '#lib/worker/folder-files.ts';
import { BLOCK_FRAMES } from '#lib/synth/dsp/sample-rate.ts';
import type { BlockReader, RenderCache, BlockWriter } from '#lib/synth/render-cache.ts';
import { digestOf } from '#lib/job/digest.ts';
import { PartCacheFile } from './part-cache-file.ts';

/** Maximum size of the cached parts of one stem; the oldest are removed first. */
const MAX_BYTES = { music: 192 << 20, effects: 96 << 20 } as const;
/** Maximum share of the free space that the cache takes. */
const MAX_SHARE = 0.25;

/**
 * The rendered parts of one stem on disk, so that an edit renders only what it changes. Works only in a dedicated
 * worker. The caller has to close it. The next start of the app deletes the files.
 */
export class PartCache implements RenderCache {
  readonly #found = new Map<string, PartCacheFile>();
  readonly #fresh = new Map<string, PartCacheFile>();
  readonly #written = new Set<PartCacheFile>();

  /** Opens the parts with these keys. Missing ones can be written, as far as there is space. */
  static async open(
    stem: 'music' | 'effects',
    keys: readonly string[],
    durationSeconds: number,
  ): Promise<PartCache> {
    const store = new PartCache();
    const names = new Map<string, string>();
    for (const key of new Set(keys)) names.set(key, `track-${stem}-${await digestOf(key)}`);
    const files = await store.#openFound(names);
    const blocks = Math.ceil((durationSeconds * 48_000) / BLOCK_FRAMES) + 200;
    const bytes = blocks * PartCacheFile.blockBytes;
    let free = await makeSpace(stem, new Set(files), bytes * (names.size - files.length));
    for (const [key, name] of names) {
      if (store.#found.has(key) || (free -= bytes) < 0) continue;
      const file = await PartCacheFile.open(name, true);
      if (file) store.#fresh.set(key, file);
    }
    return store;
  }

  read(key: string): BlockReader | undefined {
    return this.#found.get(key)?.reader();
  }

  write(key: string): BlockWriter | undefined {
    const file = this.#fresh.get(key);
    if (!file || this.#written.has(file)) return undefined;
    this.#written.add(file);
    return file.writer();
  }

  /** Everything was rendered to its end: the written parts may be read from now on. */
  complete(): void {
    for (const file of this.#written) file.complete();
  }

  close(): void {
    for (const file of [...this.#found.values(), ...this.#fresh.values()]) file.close();
    this.#found.clear();
    this.#fresh.clear();
  }

  async #openFound(names: ReadonlyMap<string, string>): Promise<string[]> {
    const found: string[] = [];
    for (const [key, name] of names) {
      const file = await PartCacheFile.open(name, false);
      if (!file) continue;
      this.#found.set(key, file);
      found.push(name);
    }
    return found;
  }
}

/** Removes the oldest unused parts of a stem until `bytes` are free. Returns the free bytes within the budget. */
async function makeSpace(
  stem: 'music' | 'effects',
  used: ReadonlySet<string>,
  bytes: number,
): Promise<number> {
  const folder = await blobFolder();
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  const budget = Math.min(MAX_BYTES[stem], (quota - usage) * MAX_SHARE);
  const kept: File[] = [];
  for await (const file of folderFiles(folder)) if (file.name.startsWith(`track-${stem}-`)) kept.push(file);
  let total = kept.reduce((sum, { size }) => sum + size, 0);
  for (const { name, size } of kept.sort((a, b) => a.lastModified - b.lastModified)) {
    if (total + bytes <= budget) break;
    if (used.has(name)) continue;
    // A file that another tab reads can't be removed.
    await folder.removeEntry(name).then(
      () => (total -= size),
      () => undefined,
    );
  }
  return budget - total;
}
