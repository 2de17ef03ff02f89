import type { SoundtrackRequest } from '#lib/job/score.ts';
import { COCO_LABELS, type LabelRule } from '../../words/coco-labels.ts';
import { ObjectTrack } from './object-track.ts';

/** What the picture says about sounds: its objects, the kind of place, and brightness. */
export interface VisualContext {
  tracks: ObjectTrack[];
  hints: ReadonlySet<NonNullable<LabelRule['hint']>>;
  /** Mean brightness below 0.22; false when it is not known. */
  isDark: boolean;
  /** Mean brightness above 0.45; false when it is not known. */
  isBright: boolean;
  /** The largest number of people seen at the same time. */
  people: number;
}

const MIN_SCORE = 0.4;
const MIN_SECONDS = 0.5;

/**
 * Reads the cues and the curve of a request. Objects with other labels than COCO's, low scores or short times are left
 * out.
 */
export function visualContextOf(request: SoundtrackRequest): VisualContext {
  const { cues, curve, durationSeconds } = request;
  const samples = [...new Set(cues.flatMap((cue) => cue.times.map(({ atSeconds }) => atSeconds)))]
    .concat(curve.map(({ atSeconds }) => atSeconds))
    .sort((a, b) => a - b);
  const tracks = cues
    .filter((cue) => cue.score >= MIN_SCORE && cue.times.length > 0 && COCO_LABELS[cue.label])
    .map((cue) => new ObjectTrack(cue, samples, durationSeconds))
    .filter((track) => track.seconds >= Math.min(MIN_SECONDS, durationSeconds / 2));
  const hints = new Set(tracks.flatMap((track) => COCO_LABELS[track.label]?.hint ?? []));
  const brightness = mean(curve.map((point) => point.brightness));
  return {
    tracks,
    hints,
    isDark: brightness !== null && brightness < 0.22,
    isBright: brightness !== null && brightness > 0.45,
    people: mostAtOnce(tracks.filter((track) => track.label === 'person')),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, x) => sum + x, 0) / values.length;
}

function mostAtOnce(tracks: readonly ObjectTrack[]): number {
  return tracks.reduce((most, { startSeconds }) => {
    const count = tracks.filter((t) => t.startSeconds <= startSeconds && t.endSeconds > startSeconds).length;
    return Math.max(most, count);
  }, 0);
}
