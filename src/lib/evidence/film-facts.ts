import type { Facts, FactsOfPart } from '#lib/job/facts.ts';
import { factsOf, type FactSources, type Span } from './facts.ts';

/** More parts are not told one by one. */
const MAX_PARTS = 3;
/** Shorter parts of a film, as shares of it, are not told. */
const MIN_SHARE = 0.12;
/** What is as certain as this tells one part from another. */
const LIKELY = 0.6;

/**
 * The facts of a whole film, with its parts where it has two or three that differ, or those of a picture. Times of parts
 * count from the beginning of the film.
 * @param scenes Where its scenes lie on the clock of the source; a picture has none.
 */
export function filmFactsOf(sources: FactSources, scenes: readonly Span[]): Facts {
  const facts = factsOf(sources);
  const parts = partsOf(sources, scenes);
  return parts.length > 1 && parts.length <= MAX_PARTS ? { ...facts, parts } : facts;
}

/** The scenes that are not too short, of which neighbours that show the same are one. */
function partsOf(sources: FactSources, scenes: readonly Span[]): FactsOfPart[] {
  const [first, last] = [scenes[0], scenes.at(-1)];
  if (!first || !last) return [];
  const seconds = last.endSeconds - first.startSeconds;
  const spans = scenes.filter((span) => span.endSeconds - span.startSeconds >= MIN_SHARE * seconds);
  const parts: FactsOfPart[] = [];
  for (const span of spans) {
    const before = parts.at(-1);
    const { startSeconds, endSeconds } = span;
    const part = { startSeconds, endSeconds, ...factsOf(sources, span) };
    if (before && gistOf(before) === gistOf(part)) {
      const joined = { startSeconds: before.startSeconds, endSeconds: span.endSeconds };
      parts[parts.length - 1] = { ...joined, ...factsOf(sources, joined) };
    } else parts.push(part);
  }
  // A part of which nothing is certain is not told: then there is only the whole.
  if (!parts.every((part) => gistOf(part).trim())) return [];
  return parts.map(({ startSeconds, endSeconds, ...part }) => ({
    startSeconds: startSeconds - first.startSeconds,
    endSeconds: endSeconds - first.startSeconds,
    ...part,
  }));
}

/** What makes two parts the same: what is done, where, by which light, and the most certain thing. */
function gistOf({ activity, places, light, things }: Facts): string {
  const sure = (one: { certainty: number } | null | undefined) => (one?.certainty ?? 0) >= LIKELY;
  const names = [
    sure(activity) && activity?.name,
    sure(places[0]) && places[0]?.name,
    light === 'day' ? null : light,
    sure(things[0]) && things[0]?.label,
  ];
  return names.map((name) => name || '').join(' ');
}
