import type { Score, SoundtrackRequest } from '../../../src/lib/job/score.ts';
import { placeInWords } from '../../../src/lib/synth/evidence/places.ts';
import { COCO_LABELS } from '../../../src/lib/synth/words/coco-labels.ts';
import type { Sight } from '../../../src/lib/synth/evidence/sight.ts';

/** An event this near to an onset is on it. */
const ON_ONSET_SECONDS = 0.1;
/** Triggers of sounds that a motion makes or goes with. */
const HITS = new Set(['hits', 'sometimes', 'moving', 'once']);

/** What one score is worth beside its picture. Shares are 0 … 1; null where there is nothing to measure. */
export interface FitFigures {
  /** Share of the time in which a thing that is heard at all is in sight and its sounds play, or may (calls). */
  heardWhileSeen: number | null;
  /** Share of the sounds of things that play while their thing is not in sight (± 1 s). */
  heardUnseen: number | null;
  /** Mean distance between the pan of a sound and that of its thing, 0 … 2. */
  panError: number | null;
  /** Median distance from one-shots of things to the nearest motion onset, seconds. */
  onsetSeconds: number | null;
  /** One-shots that a motion makes or goes with, and how many of them are within 0.1 s of an onset. */
  hits: number;
  onOnset: number;
  /** Ambiences of places at one time: the least and the most over the film, crossings left out. */
  ambiences: [least: number, most: number];
}

/** Measures a score against what is seen. */
export function figuresOf(
  score: Score,
  { tracks, scenes }: Sight,
  { onsets = [] }: SoundtrackRequest,
): FitFigures {
  const places = new Set(scenes.map(({ place }) => placeInWords(place.name)));
  const isThing = ({ because, from }: { because: string; from?: string | undefined }) =>
    from === 'picture' && tracks.some(({ label }) => label === because);
  const things = score.layers.filter(isThing);
  const events = score.events.filter(isThing);
  const spans = [
    ...things.map(({ because, startSeconds, endSeconds }) => ({ because, startSeconds, endSeconds })),
    ...events.map(({ because, atSeconds }) => ({
      because,
      startSeconds: atSeconds,
      endSeconds: atSeconds + 0.1,
    })),
  ];
  const unseen = spans.filter(
    (span) =>
      !tracks.some(
        (track) =>
          track.label === span.because &&
          span.startSeconds >= track.startSeconds - 1 &&
          span.endSeconds <= track.endSeconds + 1.1,
      ),
  );
  const heard = new Set(spans.map(({ because }) => because));
  const seen = tracks.filter(({ label, evidence }) => heard.has(label) && evidence.isHeard);
  const covered = seen.filter((track) =>
    spans.some(
      (span) =>
        span.because === track.label &&
        span.startSeconds < track.endSeconds + 0.6 &&
        span.endSeconds > track.startSeconds - 0.6,
    ),
  );
  const seconds = (of: readonly { seconds: number }[]) => of.reduce((sum, track) => sum + track.seconds, 0);
  const pans = events.map(({ because, atSeconds, pan }) => {
    const near = tracks.filter(
      (track) =>
        track.label === because && atSeconds >= track.startSeconds - 1 && atSeconds <= track.endSeconds + 1,
    );
    return Math.min(2, ...near.map((track) => Math.abs(pan - track.panAt(atSeconds))));
  });
  const gaps = events.map(({ atSeconds }) =>
    Math.min(...onsets.map((onset) => Math.abs(onset.atSeconds - atSeconds))),
  );
  // What passes has no moment, and calls are no hits.
  const hits =
    onsets.length > 0 ? gaps.filter((_, i) => HITS.has(COCO_LABELS[events[i]!.because]?.trigger ?? '')) : [];
  const ambiences = score.layers.filter(({ because, from }) => from === 'picture' && places.has(because));
  const counts: number[] = [];
  for (let at = 0.05; at < score.durationSeconds; at += 0.1) {
    if (scenes.some(({ startSeconds }) => startSeconds > 0 && Math.abs(startSeconds - at) < 1.5)) continue;
    counts.push(
      ambiences.filter(({ startSeconds, endSeconds }) => startSeconds <= at && endSeconds > at).length,
    );
  }
  return {
    heardWhileSeen: seen.length > 0 ? seconds(covered) / seconds(seen) : null,
    heardUnseen: spans.length > 0 ? unseen.length / spans.length : null,
    panError: pans.length > 0 ? pans.reduce((sum, x) => sum + x, 0) / pans.length : null,
    onsetSeconds: onsets.length > 0 && gaps.length > 0 ? median(gaps) : null,
    hits: hits.length,
    onOnset: hits.filter((gap) => gap <= ON_ONSET_SECONDS).length,
    ambiences: [Math.min(...counts), Math.max(...counts)],
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
