import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Score } from '#lib/job/score.ts';
import { RENDER_VERSION } from '#lib/synth/render-cache.ts';
import { blobFolder, hasBlob } from '#lib/worker/blob-store.ts';
import { digestOf } from '#lib/job/digest.ts';

/** Incremented whenever the synthesiser renders the same score to other samples. */
const SYNTH_VERSION = 4;

/** The file name of a cached stem: a digest of everything that the stem depends on. */
export async function stemName(score: Score, part: 'music' | 'effects'): Promise<string> {
  const { durationSeconds, seed, mood, music, layers, events } = score;
  const content = part === 'music' ? [mood, music] : [layers, events];
  return `stem-${await digestOf(JSON.stringify([SYNTH_VERSION, RENDER_VERSION, durationSeconds, seed, part, content]))}`;
}

/** A cached stem, if its sound is still stored. */
export async function findStem(name: string): Promise<Stem | null> {
  try {
    const file = await (await (await blobFolder()).getFileHandle(name)).getFile();
    const stem = JSON.parse(await file.text()) as Stem;
    return (await hasBlob(stem.blob)) && (await hasBlob(stem.peaks)) ? stem : null;
  } catch {
    // Missing or incomplete: it is rendered again.
    return null;
  }
}

/** Caches a stem until the next start of the app. */
export async function rememberStem(name: string, stem: Stem): Promise<void> {
  const file = await (await blobFolder()).getFileHandle(name, { create: true });
  let access: FileSystemSyncAccessHandle | undefined;
  try {
    access = await file.createSyncAccessHandle();
    access.truncate(0);
    access.write(new TextEncoder().encode(JSON.stringify(stem)), { at: 0 });
  } catch {
    // Another tab is writing the same file, or the disk is full.
  } finally {
    access?.close();
  }
}
