import type { Score } from '#lib/job/score.ts';
import type { Caption } from '#lib/protocol/share.ts';

/** Minimum duration of a caption, and maximum for continuous sounds. */
const SHORTEST_SECONDS = 1.2;
const LONGEST_SECONDS = 5;
const MAX_CAPTIONS = 500;

/** The names of sounds in the language of the captions. */
export interface CaptionNames {
  /** A recipe such as `dog`. */
  sound: (recipe: string) => string;
  /** A style of music. */
  music: (style: string) => string;
}

/** Captions for the audible sounds of a score: music and ambiences at their beginning, events while they last. */
export function soundCaptions(score: Score, names: CaptionNames): Caption[] {
  const { durationSeconds, music, layers, events } = score;
  const caption = (startSeconds: number, length: number, text: string): Caption[] => {
    const start = Math.max(0, Math.min(startSeconds, durationSeconds - 0.1));
    const seconds = Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, length));
    const line = text.replace(/\s+/g, ' ').trim().slice(0, 80);
    if (!line) return [];
    return [{ startSeconds: start, endSeconds: Math.min(durationSeconds, start + seconds), text: line }];
  };
  const hasMusic = music?.parts.some(({ isMuted }) => !isMuted) ?? false;
  const all = [
    ...(hasMusic ? caption(0, LONGEST_SECONDS, names.music(music!.style)) : []),
    ...layers
      .filter(({ isMuted }) => !isMuted)
      .flatMap((layer) => caption(layer.startSeconds, LONGEST_SECONDS, names.sound(layer.recipe))),
    ...events
      .filter(({ isMuted }) => !isMuted)
      .flatMap((event) => caption(event.atSeconds, event.durationSeconds, names.sound(event.recipe))),
  ];
  return joinRepeated(all.sort((a, b) => a.startSeconds - b.startSeconds)).slice(0, MAX_CAPTIONS);
}

/** Joins equal captions that overlap, such as three barks in a row. */
function joinRepeated(captions: Caption[]): Caption[] {
  const joined: Caption[] = [];
  for (const caption of captions) {
    const last = joined.findLast(({ text }) => text === caption.text);
    if (last && caption.startSeconds <= last.endSeconds) {
      last.endSeconds = Math.max(last.endSeconds, caption.endSeconds);
    } else joined.push({ ...caption });
  }
  return joined;
}
