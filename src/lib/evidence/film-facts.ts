import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { Facts, FactsOfPart } from '#lib/job/facts.ts';
import { factsOf, type FactSources, type Span } from './facts.ts';

/** A cut divides a film from this weight on. */
const SURE_CUT = 0.5;
/** More parts are not told one by one. */
const MAX_PARTS = 3;
/** Shorter parts of a film, as shares of it, are not told. */
const MIN_SHARE = 0.12;
/** What is as certain as this tells one part from another. */
const LIKELY = 0.6;

interface FilmSources extends FactSources {
  features: Pick<FeaturesOutput, 'frames' | 'cuts'>;
}

/** The facts of a whole film, with its parts where it has two or three that differ, or those of a picture. */
export function filmFactsOf(sources: FilmSources, durationSeconds: number | null): Facts {
  const facts = factsOf(sources);
  if (!durationSeconds) return facts;
  const parts = partsOf(sources, durationSeconds);
  return parts.length > 1 && parts.length <= MAX_PARTS ? { ...facts, parts } : facts;
}

/** The spans between sure cuts, of which neighbours that show the same are one. */
function partsOf(sources: FilmSources, durationSeconds: number): FactsOfPart[] {
  const cuts = sources.features.cuts.filter(({ weight }) => weight >= SURE_CUT);
  const times = [0, ...cuts.map(({ atSeconds }) => atSeconds), durationSeconds];
  let spans = times.slice(1).map((endSeconds, i): Span => ({ startSeconds: times[i]!, endSeconds }));
  spans = spans.filter((span) => span.endSeconds - span.startSeconds >= MIN_SHARE * durationSeconds);
  const parts: FactsOfPart[] = [];
  for (const span of spans) {
    const before = parts.at(-1);
    const part = { ...span, ...factsOf(sources, span) };
    if (before && gistOf(before) === gistOf(part)) {
      const joined = { startSeconds: before.startSeconds, endSeconds: span.endSeconds };
      parts[parts.length - 1] = { ...joined, ...factsOf(sources, joined) };
    } else parts.push(part);
  }
  // A part of which nothing is certain is not told: then there is only the whole.
  return parts.every((part) => gistOf(part).trim()) ? parts : [];
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
