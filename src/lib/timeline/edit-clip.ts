import type { Clip } from '#lib/job/entries/assemble.ts';
import type { Layer, Line, SoundEvent } from '#lib/job/score.ts';
import { freshVariation } from '#lib/job/score-edits.ts';
import { lineAt } from '#lib/media/audio/line.ts';
import { clamp } from '#lib/media/pixels/statistics.ts';
import type { Content, TimelineClip } from './clip.ts';

/** Length of the shortest clip. */
export const SHORTEST_SECONDS = 0.1;
/** Longest sound of one clip of a score. */
const LONGEST_EVENT_SECONDS = 60;

/** What can be changed of a clip. */
export type ClipChange = Partial<
  Pick<
    TimelineClip,
    | 'startSeconds'
    | 'endSeconds'
    | 'offsetSeconds'
    | 'fadeInSeconds'
    | 'fadeOutSeconds'
    | 'gainDb'
    | 'gainLine'
    | 'pan'
    | 'panLine'
    | 'isMuted'
    | 'intensity'
    | 'distance'
  >
>;

/** The content with changes of a clip; values are kept within their limits. */
export function changeClip(content: Content, { place }: TimelineClip, change: ClipChange): Content {
  const bounded = withinLimits(change);
  const { score } = content;
  if (place.in === 'clips') {
    const own = ofOwnSounds(bounded);
    return {
      ...content,
      clips: content.clips.map((clip, k) => (k === place.index ? { ...clip, ...own } : clip)),
    };
  }
  if (!score) return content;
  if (place.in === 'layers') {
    const layers = score.layers.map((layer, k) => (k === place.index ? { ...layer, ...bounded } : layer));
    return { ...content, score: { ...score, layers } };
  }
  const events = score.events.map((event, k) => (k === place.index ? changedEvent(event, bounded) : event));
  return { ...content, score: { ...score, events } };
}

/** Moves a clip so that it begins at a time; it stays inside the film. */
export function moveClip(content: Content, clip: TimelineClip, to: number, filmSeconds: number): Content {
  const length = clip.endSeconds - clip.startSeconds;
  const startSeconds = tidy(clamp(to, 0, Math.max(0, filmSeconds - Math.min(length, SHORTEST_SECONDS))));
  if (clip.place.in === 'events') return changeClip(content, clip, { startSeconds });
  const latest = Math.max(0, filmSeconds - length);
  const start = Math.min(startSeconds, latest);
  return changeClip(content, clip, { startSeconds: start, endSeconds: tidy(start + length) });
}

/**
 * Moves the start or the end of a clip; its sound stays where it is. A clip begins no earlier than its sound, and an own
 * one ends no later.
 */
export function trimClip(
  content: Content,
  clip: TimelineClip,
  edge: 'start' | 'end',
  to: number,
  filmSeconds: number,
): Content {
  const { startSeconds, endSeconds, offsetSeconds } = clip;
  if (edge === 'end') {
    const last = Math.min(filmSeconds, startSeconds + soundSeconds(content, clip) - offsetSeconds);
    return changeClip(content, clip, { endSeconds: tidy(clamp(to, startSeconds + SHORTEST_SECONDS, last)) });
  }
  // An ambience may begin earlier; all other sounds have a beginning.
  const isEndless = clip.place.in === 'layers' || clip.replaces;
  const first = isEndless ? 0 : Math.max(0, startSeconds - offsetSeconds);
  const start = tidy(clamp(to, first, endSeconds - SHORTEST_SECONDS));
  const offset = tidy(Math.max(0, offsetSeconds + start - startSeconds));
  const change: ClipChange = { startSeconds: start, offsetSeconds: offset };
  if (clip.place.in === 'events') change.endSeconds = endSeconds;
  return changeClip(content, clip, change);
}

/** Cuts a clip in two at a time; what is heard stays the same. Without effect near its ends. */
export function splitClip(content: Content, clip: TimelineClip, at: number): Content {
  const { startSeconds, endSeconds } = clip;
  if (at < startSeconds + SHORTEST_SECONDS || at > endSeconds - SHORTEST_SECONDS) return content;
  const passed = tidy(at - startSeconds);
  const first = { endSeconds: at, fadeOutSeconds: 0, gainLine: clip.gainLine, panLine: clip.panLine };
  const second: ClipChange = {
    startSeconds: at,
    endSeconds,
    offsetSeconds: tidy(clip.offsetSeconds + passed),
    fadeInSeconds: 0,
    gainLine: lineFrom(clip.gainLine, passed),
    panLine: lineFrom(clip.panLine, passed),
  };
  const copied = changeClip(content, clip, first);
  return changeClip(withCopy(copied, content, clip), lastOf(copied, clip), second);
}

/** Adds a copy of a clip that begins at a time. */
export function copyClip(content: Content, clip: TimelineClip, at: number, filmSeconds: number): Content {
  return moveClip(withCopy(content, content, clip), lastOf(content, clip), at, filmSeconds);
}

/** Plays a clip of the score another way. */
export function varyClip(content: Content, { place }: TimelineClip): Content {
  const { score } = content;
  if (!score || place.in === 'clips') return content;
  const list: readonly (Layer | SoundEvent)[] = score[place.in];
  const { recipe } = list[place.index]!;
  const varied = list.map((each, k) =>
    k === place.index ? { ...each, variation: freshVariation(score, recipe) } : each,
  );
  return { ...content, score: { ...score, [place.in]: varied } };
}

export function removeClip(content: Content, { place }: TimelineClip): Content {
  const without = <T>(list: readonly T[]): T[] => list.filter((_, k) => k !== place.index);
  if (place.in === 'clips') return { ...content, clips: without(content.clips) };
  const { score } = content;
  return score ? { ...content, score: { ...score, [place.in]: without<unknown>(score[place.in]) } } : content;
}

/** The content with a copy of what a clip was before, at the end of its list. */
function withCopy(content: Content, before: Content, { place }: TimelineClip): Content {
  const { score } = content;
  if (place.in === 'clips') {
    const clip = before.clips[place.index]!;
    return { ...content, clips: [...content.clips, { ...clip, id: freshId(content.clips, clip.id) }] };
  }
  if (!score) return content;
  const copy = before.score![place.in][place.index]!;
  return { ...content, score: { ...score, [place.in]: [...score[place.in], copy] } };
}

/** A clip as it is at the end of its list, where a copy is added. */
function lastOf({ score, clips }: Content, clip: TimelineClip): TimelineClip {
  const list = clip.place.in === 'clips' ? clips : (score?.[clip.place.in] ?? []);
  return { ...clip, place: { ...clip.place, index: list.length } };
}

/** How long the sound of a clip is at most. */
function soundSeconds(content: Content, { place }: TimelineClip): number {
  if (place.in === 'layers') return Infinity;
  if (place.in === 'events') return LONGEST_EVENT_SECONDS;
  const { source } = content.clips[place.index] as Clip;
  return source.from === 'file' ? source.samples / 48_000 : Infinity;
}

/** An event with other times: one that ends before its sound is cut off, one that ends later sounds longer. */
function changedEvent(event: SoundEvent, change: ClipChange): SoundEvent {
  const { startSeconds, endSeconds, ...rest } = change;
  const atSeconds = startSeconds ?? event.atSeconds;
  const next: SoundEvent = { ...event, ...rest, atSeconds };
  if (rest.pan !== undefined) next.panTo = rest.pan;
  const { offsetSeconds = 0, untilSeconds } = next;
  if (endSeconds !== undefined) {
    const wanted = tidy(endSeconds - atSeconds + offsetSeconds);
    delete next.untilSeconds;
    if (wanted < next.durationSeconds - 0.001) next.untilSeconds = tidy(endSeconds);
    else next.durationSeconds = clamp(wanted, SHORTEST_SECONDS, LONGEST_EVENT_SECONDS);
  } else if (untilSeconds !== undefined) {
    next.untilSeconds = tidy(untilSeconds + atSeconds - event.atSeconds);
  }
  return next;
}

/** The rest of a line after some seconds. */
function lineFrom(line: Line, seconds: number): Line {
  if (line.length === 0) return [];
  const later = line
    .filter(({ atSeconds }) => atSeconds > seconds)
    .map((point) => ({ ...point, atSeconds: tidy(point.atSeconds - seconds) }));
  return [{ atSeconds: 0, value: lineAt(line, seconds) }, ...later];
}

function freshId(clips: readonly Clip[], id: string): string {
  const stem = id.replace(/-\d+$/, '').slice(0, 56);
  for (let number = 2; ; number++)
    if (clips.every((clip) => clip.id !== `${stem}-${number}`)) return `${stem}-${number}`;
}

const LIMITS: Record<string, readonly [number, number]> = {
  gainDb: [-60, 12],
  pan: [-1, 1],
  intensity: [0, 1],
  distance: [0, 1],
  startSeconds: [0, Infinity],
  endSeconds: [0, Infinity],
  offsetSeconds: [0, Infinity],
  fadeInSeconds: [0, 60],
  fadeOutSeconds: [0, 60],
};

/** Leaves out what is not a number, and keeps the rest within its limits. */
function withinLimits(change: ClipChange): ClipChange {
  const kept = Object.entries(change).filter(
    ([, value]) => typeof value !== 'number' || Number.isFinite(value),
  );
  const bounded = kept.map(([name, value]): [string, unknown] => {
    const [low, high] = LIMITS[name] ?? [-Infinity, Infinity];
    return [name, typeof value === 'number' ? clamp(value, low, high) : value];
  });
  return Object.fromEntries(bounded);
}

/** What an own sound has of it. */
function ofOwnSounds(change: ClipChange): ClipChange {
  const made = ['pan', 'intensity', 'distance'];
  return Object.fromEntries(Object.entries(change).filter(([name]) => !made.includes(name)));
}

/** Rounds to milliseconds. */
function tidy(seconds: number): number {
  return Math.max(0, Math.round(seconds * 1000) / 1000);
}
