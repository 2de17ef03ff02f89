import type { Certain, Thing } from '#lib/job/facts.ts';

/** What terms are read against. */
export interface Evidence {
  things: readonly Thing[];
  regions: readonly Certain[];
  /** 0 indoors … 1 outdoors. */
  outdoor: number;
}

const AT_LEAST = { one: 1, some: 2, many: 3 } as const;

/**
 * Certainty of a condition, 0 … 1: the least of its terms, which are joined by "+". A term is a label of a thing or the
 * name of a region; "some car" wants two or more, "many car" five or more at a time, "moving car" one that moves, and
 * "!car" none. "indoors" and "outdoors" are terms, too.
 */
export function certaintyOf(condition: string, evidence: Evidence): number {
  return Math.min(...condition.split(' + ').map((term) => certaintyOfTerm(term, evidence)));
}

function certaintyOfTerm(term: string, evidence: Evidence): number {
  if (term.startsWith('!')) return 1 - certaintyOfTerm(term.slice(1), evidence);
  if (term === 'indoors') return 1 - evidence.outdoor;
  if (term === 'outdoors') return evidence.outdoor;
  const [, wanted, name] = /^(?:(some|many|moving) )?(.+)$/.exec(term)!;
  const region = evidence.regions.find((each) => each.name === name);
  if (region && !wanted) return region.certainty;
  const thing = evidence.things.find(({ label }) => label === name);
  if (!thing) return 0;
  if (wanted === 'moving') return thing.isMoving ? thing.certainty : 0;
  const least = wanted ? AT_LEAST[wanted as 'some' | 'many'] : 1;
  return AT_LEAST[thing.count] >= least ? thing.certainty : 0;
}
