import type { Layer, Score, SoundEvent, SoundtrackRequest } from '#lib/job/score.ts';
import { isOverlapping } from '#lib/job/subject.ts';
import { reviseMusic } from './music/revise-music.ts';
import { planScore } from './plan.ts';
import { variationIn } from './vary-scenes.ts';

/** A stretch of a score, and what is played anew there. */
export interface RangeRevision {
  startSeconds: number;
  endSeconds: number;
  track: 'music' | 'effects';
  /** Tells this attempt from others; from 1. */
  seed: number;
  /** Another style of music. */
  style: string | null;
  /** What it is planned from; null varies what the score has there. */
  words: string | null;
}

/**
 * A score that plays a range anew: the same sounds and sections in another variation, in another style, or what words ask
 * for. It may be rendered for the range only: outside, it need not be like the score.
 */
export function varyRange(score: Score, range: RangeRevision): Score {
  const asked = range.words?.trim() ? askedFor(score, range) : null;
  if (range.track === 'effects') return varyEffects(asked ?? score, range);
  const { music } = asked ?? score;
  if (!music) return score;
  const style = range.style ?? undefined;
  // The tonic stays, so that the range fits to what is around it.
  const key = score.music?.key;
  const revised = reviseMusic(asked ?? score, { ...(style && { style }) });
  const { music: plan } = key ? reviseMusic(revised, { key }) : revised;
  const sections = plan!.sections.map((section) =>
    isOverlapping(section, range)
      ? { ...section, variation: variationIn(range.seed, section.variation) }
      : section,
  );
  return { ...revised, music: { ...plan!, sections } };
}

/** What the words of a range ask for, in place of what the score has; null when they name nothing that can be played. */
function askedFor(
  score: Score,
  { track, words, seed, startSeconds, endSeconds }: RangeRevision,
): Score | null {
  const isMusic = track === 'music';
  const request: SoundtrackRequest = {
    musicPrompt: isMusic ? words! : '',
    effectsPrompt: isMusic ? '' : words!,
    negativePrompt: '',
    mood: score.mood,
    cues: [],
    curve: [],
    cuts: [],
    durationSeconds: isMusic ? score.durationSeconds : Math.max(0.02, endSeconds - startSeconds),
    seed: (score.seed + seed) % 0x1_0000_0000,
    kind: track,
  };
  const planned = planScore(request);
  if (isMusic) return withStyleOf(score, planned);
  const isAsked = (sound: Layer | SoundEvent) => sound.from === 'words';
  const layers = planned.layers.filter(isAsked);
  const events = planned.events.filter(isAsked);
  if (layers.length + events.length === 0) return null;
  return {
    ...score,
    // One-shots alone leave the ambience as it is.
    layers: layers.length > 0 ? layers.map((layer) => later(layer, startSeconds)) : score.layers,
    events: events.map(({ untilSeconds, ...event }) => ({
      ...event,
      atSeconds: event.atSeconds + startSeconds,
      ...(untilSeconds !== undefined && { untilSeconds: untilSeconds + startSeconds }),
    })),
  };
}

/** The cuts of a score with the style, the parts and the mood of a plan. */
function withStyleOf(score: Score, { music: planned, mood }: Score): Score | null {
  if (!planned) return null;
  if (!score.music) return { ...score, mood, music: planned };
  const { music } = reviseMusic({ ...score, mood }, { style: planned.style });
  return { ...score, mood, music: { ...music!, parts: planned.parts } };
}

function later(layer: Layer, seconds: number): Layer {
  return {
    ...layer,
    startSeconds: layer.startSeconds + seconds,
    endSeconds: layer.endSeconds + seconds,
  };
}

function varyEffects(score: Score, range: RangeRevision): Score {
  return {
    ...score,
    layers: score.layers.map((layer) => ({ ...layer, variation: variationIn(range.seed, layer.variation) })),
    // What sounds already when the range begins goes on.
    events: score.events.map((event) =>
      event.atSeconds >= range.startSeconds
        ? { ...event, variation: variationIn(range.seed, event.variation) }
        : event,
    ),
  };
}
