import { expose } from 'comlink';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { WatchOutput } from '#lib/job/entries/watch.ts';
import { FfmpegError } from '#lib/ffmpeg/ffmpeg-program.ts';
import { listKeyTimes } from '#lib/media/container/key-times.ts';
import { openContainer } from '#lib/media/container/open-container.ts';
import { usableTracks } from '#lib/media/container/usable-tracks.ts';
import { keyFrameCuts } from '#lib/media/scenes/key-frame-cuts.ts';
import { packWatched } from '#lib/media/watch/watched.ts';
import { Watcher } from '#lib/media/watch/watcher.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { storeBytes } from '#lib/worker/blob-writer.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';
import { WatchPlan, type Coverage } from './watch-plan.ts';
import { watchWithFfmpeg } from './watch-with-ffmpeg.ts';
import { watchWithWebCodecs } from './watch-with-webcodecs.ts';

/** Aborting terminates this worker and ffmpeg with it, so no signal is needed here. */
const { signal } = new AbortController();
/** How long the index may be read for key frames. */
const INDEX_MILLISECONDS = 2000;

/** Pictures that were decoded by one of the programs, or the reason why not. */
type Attempt = { readBy: WatchOutput['readBy']; coverage: Coverage } | { reason: string };

const api = {
  async watch(
    source: SourceOutput,
    budgetSeconds: number,
    onProgress: (fraction: number) => void,
  ): Promise<WatchOutput> {
    const file = await readBlob(source.blob);
    const watcher = new Watcher();
    const progress = everyPercent(onProgress);
    const { attempt, keys } = await byBrowser(file, source, budgetSeconds, watcher, progress);
    const made =
      budgetSeconds > 0 && ('reason' in attempt || watcher.count === 0)
        ? await byFfmpeg(file, source, budgetSeconds, watcher, progress)
        : attempt;
    const watched = await storeBytes(packWatched(watcher.finish(keyFrameCuts(keys))));
    if ('reason' in made) {
      const why = `No picture was decoded, so only the key frames are known: ${made.reason}`;
      return { pictures: 0, seen: 0, watched, readBy: 'index', why };
    }
    const { readBy, coverage } = made;
    const why = [
      'reason' in attempt ? `The browser can't decode this (${attempt.reason}), so ffmpeg did.` : '',
      coverage.seen < 0.99 && coverage.damage === null
        ? 'This device was too slow for every picture, so groups of pictures that seem to show nothing new were left out.'
        : '',
      coverage.damage === null ? '' : 'Some places of the file are damaged and were left out.',
    ];
    return {
      pictures: watcher.count,
      seen: coverage.seen,
      watched,
      readBy,
      why: why.filter(Boolean).join(' ') || 'Every picture was seen.',
    };
  },
};

async function byBrowser(
  file: Blob,
  source: SourceOutput,
  budgetSeconds: number,
  watcher: Watcher,
  onProgress: (fraction: number) => void,
): Promise<{ attempt: Attempt; keys: number[] }> {
  if (source.readBy !== 'mediabunny') return { attempt: { reason: 'only ffmpeg knows this file' }, keys: [] };
  let keys: number[] = [];
  try {
    using input = openContainer(file);
    const { video } = await usableTracks(input);
    if (!video) return { attempt: { reason: 'there is no video track' }, keys };
    const until = performance.now() + INDEX_MILLISECONDS;
    keys = await listKeyTimes(video, () => performance.now() > until);
    if (budgetSeconds === 0) return { attempt: { reason: 'nothing was to be decoded' }, keys };
    if (!(await video.canDecode())) return { attempt: { reason: 'it has no decoder' }, keys };
    const plan = planOf(source, budgetSeconds, keys);
    const coverage = await watchWithWebCodecs(video, watcher, plan, onProgress);
    if (watcher.count === 0) return { attempt: { reason: coverage.damage ?? 'no picture came' }, keys };
    return { attempt: { readBy: 'webcodecs', coverage }, keys };
  } catch (error) {
    return { attempt: { reason: (error as Error).message }, keys };
  }
}

async function byFfmpeg(
  file: Blob,
  source: SourceOutput,
  budgetSeconds: number,
  watcher: Watcher,
  onProgress: (fraction: number) => void,
): Promise<Attempt> {
  try {
    const plan = planOf(source, budgetSeconds, []);
    const coverage = await watchWithFfmpeg(file, watcher, plan, onProgress, signal);
    return watcher.count > 0 ? { readBy: 'ffmpeg', coverage } : { reason: 'ffmpeg found no picture' };
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    return { reason: error.message };
  }
}

function planOf(source: SourceOutput, budgetSeconds: number, keys: readonly number[]): WatchPlan {
  const end = source.startSeconds + (source.durationSeconds ?? 0);
  return new WatchPlan(source.startSeconds, end, budgetSeconds, keys);
}

export type WatchApi = typeof api;
expose(api);
