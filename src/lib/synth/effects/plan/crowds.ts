import { clamp, log } from '../../dsp/maths.ts';
import type { ObjectTrack } from '../../evidence/object-track.ts';
import { overlap, type SeenScene } from '../../evidence/sight.ts';
import type { AmbienceCandidate } from './candidate.ts';

/** So many people at once, doubtful ones counted in part, are a crowd. */
const LEAST_PEOPLE = 4;
/** A gap up to this does not interrupt a crowd. */
const CLOSE_GAP_SECONDS = 2;
const MARGIN_SECONDS = 0.6;
const FADE_SECONDS = 0.8;
/** Level of a crowd of ten. */
const CROWD_DB = -7;

/** The murmur of many people, while they are in sight: the more, the fuller. */
export function crowdsIn(scene: SeenScene): AmbienceCandidate[] {
  const people = scene.tracks.filter(({ label }) => label === 'person');
  const times = [...new Set(people.flatMap((track) => [track.startSeconds, track.endSeconds]))].sort(
    (a, b) => a - b,
  );
  const spans: { startSeconds: number; endSeconds: number; most: number }[] = [];
  for (let i = 0; i + 1 < times.length; i++) {
    const span = { startSeconds: times[i]!, endSeconds: times[i + 1]! };
    const count = people
      .filter((track) => overlap(track, span) > 0)
      .reduce((sum, { evidence }) => sum + evidence.certainty, 0);
    if (count < LEAST_PEOPLE) continue;
    const last = spans.at(-1);
    if (last && span.startSeconds - last.endSeconds <= CLOSE_GAP_SECONDS) {
      last.endSeconds = span.endSeconds;
      last.most = Math.max(last.most, count);
    } else spans.push({ ...span, most: count });
  }
  return spans.flatMap(({ startSeconds: start, endSeconds: end, most }) => {
    const startSeconds = Math.max(scene.startSeconds, start - MARGIN_SECONDS);
    const endSeconds = Math.min(scene.endSeconds, end + MARGIN_SECONDS);
    if (endSeconds - startSeconds < 1) return [];
    const fade = Math.min(FADE_SECONDS, (endSeconds - startSeconds) / 2);
    return [
      {
        recipe: 'crowd',
        because: 'crowd',
        from: 'picture' as const,
        weight: clamp(0.6 + most / 60, 0, 0.9),
        ...{ startSeconds, endSeconds, fadeInSeconds: fade, fadeOutSeconds: fade },
        gainDb: CROWD_DB + clamp((10 * log(most / 10)) / Math.LN10, -4, 4),
        pan: 0.6 * meanPan(people),
        intensity: clamp(most / 14, 0.25, 1),
        distance: 0.1,
      },
    ];
  });
}

function meanPan(tracks: readonly ObjectTrack[]): number {
  const pans = tracks.map((track) => track.panAt((track.startSeconds + track.endSeconds) / 2));
  return pans.reduce((sum, pan) => sum + pan, 0) / Math.max(1, pans.length);
}
