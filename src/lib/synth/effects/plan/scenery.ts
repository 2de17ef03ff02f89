import type { SoundtrackRequest } from '#lib/job/score.ts';
import { COCO_LABELS, type LabelRule } from '../../words/coco-labels.ts';
import { CueTrack } from './cue-track.ts';

/** What is seen: the objects worth hearing, the kind of place, and whether it is dark. */
export interface Scenery {
  tracks: CueTrack[];
  hints: ReadonlySet<NonNullable<LabelRule['hint']>>;
  /** True in dark pictures; false when nothing is known. */
  isDark: boolean;
  isBright: boolean;
  /** Mean motion of the picture 0 … 1, or null when nothing is known. */
  motion: number | null;
  /** How many people are seen at the same time at most. */
  people: number;
}

const LEAST_SCORE = 0.4;
const LEAST_SECONDS = 0.5;

/** Sorts out what the picture offers. Labels that COCO doesn't have are left to the words. */
export function sceneryOf(request: SoundtrackRequest): Scenery {
  const { cues, curve, durationSeconds } = request;
  const samples = [...new Set(cues.flatMap((cue) => cue.times.map(({ atSeconds }) => atSeconds)))]
    .concat(curve.map(({ atSeconds }) => atSeconds))
    .sort((a, b) => a - b);
  const tracks = cues
    .filter((cue) => cue.score >= LEAST_SCORE && cue.times.length > 0 && COCO_LABELS[cue.label])
    .map((cue) => new CueTrack(cue, samples, durationSeconds))
    .filter((track) => track.seconds >= Math.min(LEAST_SECONDS, durationSeconds / 2));
  const hints = new Set(tracks.flatMap((track) => COCO_LABELS[track.label]?.hint ?? []));
  const brightness = mean(curve.map((point) => point.brightness));
  return {
    tracks,
    hints,
    isDark: brightness !== null && brightness < 0.22,
    isBright: brightness !== null && brightness > 0.45,
    motion: mean(curve.map((point) => point.motion)),
    people: mostAtOnce(tracks.filter((track) => track.label === 'person')),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, x) => sum + x, 0) / values.length;
}

function mostAtOnce(tracks: readonly CueTrack[]): number {
  return tracks.reduce((most, { startSeconds }) => {
    const count = tracks.filter((t) => t.startSeconds <= startSeconds && t.endSeconds > startSeconds).length;
    return Math.max(most, count);
  }, 0);
}
