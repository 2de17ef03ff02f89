import { VideoSampleSink, type InputVideoTrack, type VideoSample } from 'mediabunny';
import { gridDistance } from '#lib/media/watch/grid-distance.ts';
import { emptyGrid, type PictureGrid } from '#lib/media/watch/picture-grid.ts';
import { everySample } from '#lib/media/watch/every-sample.ts';
import { SampleReader } from '#lib/media/watch/read-sample.ts';
import type { Watcher } from '#lib/media/watch/watcher.ts';
import { Coverage, type WatchPlan } from './watch-plan.ts';

/** Key frames nearer than this show the same: the pictures between them may be left out. */
const AGREE = 0.12;
/** Times of pictures and of key frames are equal within this, seconds. */
const SAME_SECONDS = 5e-4;
/** Damaged places that are stepped over before the rest is given up. */
const MOST_DAMAGE = 20;

/**
 * Shows the pictures of a video to a watcher: all of them where the device is fast enough. Otherwise whole groups of
 * pictures are left out where the key frames before and after agree, and after the budget all but key frames.
 */
export async function watchWithWebCodecs(
  video: InputVideoTrack,
  watcher: Watcher,
  plan: WatchPlan,
  onProgress: (fraction: number) => void,
): Promise<Coverage> {
  const sink = new VideoSampleSink(video);
  const reader = new SampleReader();
  const coverage = new Coverage(plan);
  const grid = emptyGrid();
  const keySet = new Set(plan.keys.map(rounded));
  const see = async (sample: VideoSample, isApart: boolean) => {
    const { timestamp } = sample;
    try {
      await reader.read(sample, grid);
    } finally {
      sample.close();
    }
    watcher.add(timestamp, grid, { isApart, isKey: keySet.has(rounded(timestamp)) });
    onProgress(coverage.fractionAt(timestamp));
    return timestamp;
  };

  const next = await watchAll();
  if (next !== null) await watchGroups(next);
  return coverage;

  /** Watches picture by picture. @returns The key frame to go on with in groups, or null at the end. */
  function watchAll(): Promise<number | null> {
    return everySample(sink, (seconds) => plan.keyAfter(seconds), {
      see: async (sample, isApart) => !coverage.isTooSlow(await see(sample, isApart)),
      onStretch: (from, to) => coverage.note(from, to ?? plan.endSeconds),
      onDamage: (error) => coverage.damaged(error) <= MOST_DAMAGE,
    });
  }

  async function watchGroups(first: number): Promise<void> {
    let now = await keyGrid(first);
    let isApart = true;
    for (let key: number | null = first; key !== null;) {
      const end = plan.keyAfter(key);
      const then = end === null ? null : await keyGrid(end);
      const isSame = now && then && gridDistance(now, then) < AGREE;
      const isWhole = coverage.isOnTime(key) || (!isSame && !coverage.isOver);
      if (isWhole) {
        try {
          for await (const sample of sink.samples(key, end ?? Infinity)) {
            await see(sample, isApart);
            isApart = false;
          }
          coverage.note(key, end ?? plan.endSeconds);
        } catch (error) {
          if (coverage.damaged(error as Error) > MOST_DAMAGE) return;
          isApart = true;
        }
      } else {
        if (now) watcher.add(key, now, { isApart, isKey: true });
        onProgress(coverage.fractionAt(key));
        // A change between key frames is a cut somewhere between them: the second one has to show it.
        isApart = isSame ?? true;
      }
      now = then;
      key = end;
    }
  }

  async function keyGrid(key: number): Promise<PictureGrid | null> {
    try {
      const sample = await sink.getSample(key + SAME_SECONDS);
      if (!sample) return null;
      const own = emptyGrid();
      await reader.read(sample, own).finally(() => sample.close());
      return own;
    } catch (error) {
      coverage.damaged(error as Error);
      return null;
    }
  }
}

function rounded(seconds: number): number {
  return Math.round(seconds / SAME_SECONDS);
}
