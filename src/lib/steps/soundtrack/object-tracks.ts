import type { Box, ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { Cue } from '#lib/job/score.ts';

/** Detectors flicker, so an object may be missing in this many frames. */
const MAX_FRAMES_MISSED = 1;

/** From this weight on a cut ends all tracks. */
const SURE_CUT = 0.5;

interface Track extends Cue {
  /** Index of the last frame with the object. */
  lastFrame: number;
}

/**
 * Joins the boxes of all frames to tracks of single objects: each object is followed from frame to frame to the nearest
 * box with its label, until a cut or until it disappears. Times count from the beginning of the film; labels that the
 * user removed, and times outside the film, are left out.
 */
export function objectTracks(
  { frames, labels }: Pick<ObjectsOutput, 'frames' | 'labels'>,
  cuts: FeaturesOutput['cuts'],
  startSeconds: number,
  durationSeconds: number,
): Cue[] {
  const kept = new Set(labels.map(({ label }) => label));
  const sureCuts = cuts.filter(({ weight }) => weight >= SURE_CUT);
  const ended: Track[] = [];
  let open: Track[] = [];
  let before = -Infinity;
  for (const [at, frame] of [...frames].sort((a, b) => a.atSeconds - b.atSeconds).entries()) {
    const isCut = sureCuts.some(({ atSeconds }) => atSeconds > before && atSeconds <= frame.atSeconds);
    before = frame.atSeconds;
    const atSeconds = frame.atSeconds - startSeconds;
    if (atSeconds < 0 || atSeconds >= durationSeconds) continue;
    const isOver = (track: Track) => isCut || at - track.lastFrame > 1 + MAX_FRAMES_MISSED;
    ended.push(...open.filter(isOver));
    open = open.filter((track) => !isOver(track));
    const boxes = frame.boxes.filter(({ label }) => kept.has(label));
    for (const [box, track] of pair(boxes, open)) {
      const { label, score, x, y, width, height } = box;
      const seen = { atSeconds, x, y, width, height, score };
      if (!track) open.push({ label, score, times: [seen], lastFrame: at });
      else Object.assign(track, { score: Math.max(track.score, score), lastFrame: at }).times.push(seen);
    }
  }
  return [...ended, ...open].map(({ label, score, times }) => ({ label, score, times }));
}

/** Each box with the track that it continues, or null; the nearest pairs first, each track at most once. */
function pair(boxes: readonly Box[], tracks: readonly Track[]): [Box, Track | null][] {
  const pairs = boxes
    .flatMap((box) =>
      tracks
        .filter((track) => track.label === box.label)
        .map((track) => ({ box, track, way: distance(box, track.times.at(-1)!) })),
    )
    .sort((a, b) => a.way - b.way);
  const taken = new Map<Box, Track>();
  const used = new Set<Track>();
  for (const { box, track } of pairs) {
    if (taken.has(box) || used.has(track)) continue;
    taken.set(box, track);
    used.add(track);
  }
  return boxes.map((box) => [box, taken.get(box) ?? null]);
}

type Place = Pick<Box, 'x' | 'y' | 'width' | 'height'>;

function distance(a: Place, b: Place): number {
  const x = a.x + a.width / 2 - b.x - b.width / 2;
  const y = a.y + a.height / 2 - b.y - b.height / 2;
  return Math.sqrt(x * x + y * y);
}
