import type { Box, ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { Cue } from '#lib/job/score.ts';
import { followBox, type Looks, type PlaceAt } from '#lib/media/follow/follow-box.ts';
import { isOneObject, joined, seenAt, type Seen } from './followed-places.ts';

/** Detectors flicker, so an object may be missing in this many frames. */
const MAX_FRAMES_MISSED = 1;

/** From this weight on a cut ends all tracks. */
const SURE_CUT = 0.5;

/** Longer than this nothing is followed without being seen anew: in long films frames are far apart. */
const LONGEST_SECONDS = 4;

interface Track {
  label: string;
  score: number;
  times: Seen[];
  /** Index of the last frame with the object. */
  lastFrame: number;
  /** Where it was followed to after its last box. */
  path: PlaceAt[];
}

/** The part of the clip that the film shows, and what happens in it, on the clock of the frames. */
interface Span {
  startSeconds: number;
  endSeconds: number;
  sureCuts: readonly number[];
}

/**
 * Joins the boxes of all frames to tracks of single objects: each object is followed from frame to frame to the nearest
 * box with its label, until a cut or until it disappears. Times count from the beginning of the film; labels that the
 * user removed, and times outside the film, are left out.
 * @param looks Small pictures between the frames, on the clock of the frames: in these objects are followed, so that the
 * tracks have several places a second, begin and end where the object comes and goes, and don't join different objects.
 */
export function objectTracks(
  { frames, labels }: Pick<ObjectsOutput, 'frames' | 'labels'>,
  cuts: FeaturesOutput['cuts'],
  startSeconds: number,
  durationSeconds: number,
  looks: Looks | null = null,
): Cue[] {
  const kept = new Set(labels.map(({ label }) => label));
  const sureCuts = cuts.filter(({ weight }) => weight >= SURE_CUT).map(({ atSeconds }) => atSeconds);
  const span = { startSeconds, endSeconds: startSeconds + durationSeconds, sureCuts };
  const inFilm = frames
    .filter(({ atSeconds }) => atSeconds >= span.startSeconds && atSeconds < span.endSeconds)
    .sort((a, b) => a.atSeconds - b.atSeconds);
  const follow = (from: PlaceAt, toSeconds: number) => {
    const { atSeconds } = from;
    const until = Math.max(atSeconds - LONGEST_SECONDS, Math.min(atSeconds + LONGEST_SECONDS, toSeconds));
    return looks ? followBox(looks, from, until) : [];
  };
  const ended: Track[] = [];
  let open: Track[] = [];
  for (const [at, { atSeconds, boxes }] of inFilm.entries()) {
    const before = inFilm[at - 1]?.atSeconds ?? -Infinity;
    const isCut = sureCuts.some((cut) => cut > before && cut <= atSeconds);
    const isOver = (track: Track) => isCut || at - track.lastFrame > 1 + MAX_FRAMES_MISSED;
    ended.push(...open.filter(isOver));
    open = open.filter((track) => !isOver(track));
    const until = Math.min(inFilm[at + 1]?.atSeconds ?? Infinity, shotEnd(span, atSeconds));
    const present = boxes.filter(({ label }) => kept.has(label));
    for (const [{ label, score, x, y, width, height }, track] of pair(present, open, atSeconds)) {
      const seen = { atSeconds, x, y, width, height, score };
      const path = follow(seen, until);
      const last = track?.times.at(-1);
      const back = follow(seen, last?.atSeconds ?? Math.max(before, shotStart(span, atSeconds)));
      if (!track) open.push({ label, score, times: [...joined([], back), seen], lastFrame: at, path });
      else {
        track.times.push(...joined(track.path, back, last!.atSeconds, atSeconds), seen);
        Object.assign(track, { score: Math.max(track.score, score), lastFrame: at, path });
      }
    }
    // What a detector misses is followed on.
    for (const { lastFrame, path } of open) {
      const place = seenAt(path, atSeconds);
      if (lastFrame !== at && place) path.push(...follow(place, until));
    }
  }
  return [...ended, ...open].map(({ label, score, times, path }) => ({
    label,
    score,
    times: [...times, ...joined(path, [])].map((seen) => ({
      ...seen,
      atSeconds: seen.atSeconds - startSeconds,
    })),
  }));
}

function shotStart({ startSeconds, sureCuts }: Span, atSeconds: number): number {
  return Math.max(startSeconds, ...sureCuts.filter((cut) => cut <= atSeconds));
}

/** A little before the first picture that no longer belongs to the shot. */
function shotEnd({ endSeconds, sureCuts }: Span, atSeconds: number): number {
  return Math.min(endSeconds, ...sureCuts.filter((cut) => cut > atSeconds)) - 0.001;
}

/** Each box with the track that it continues, or null; the nearest pairs first, each track at most once. */
function pair(boxes: readonly Box[], tracks: readonly Track[], atSeconds: number): [Box, Track | null][] {
  const pairs = boxes
    .flatMap((box) =>
      tracks
        .filter(({ label, path }) => label === box.label && isOneObject(path, box, atSeconds))
        .map((track) => ({
          box,
          track,
          way: distance(box, seenAt(track.path, atSeconds) ?? track.times.at(-1)!),
        })),
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
