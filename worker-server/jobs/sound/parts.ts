import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import type { Generated } from '../../engines/engine.ts';

/** Identifies a part of a run: its kind and its candidate number, from 0. */
export interface PartKey {
  kind: 'music' | 'effects';
  candidate: number;
}

/** The parts that a request asks for. */
export function requestedParts(spec: GenerateSpec): PartKey[] {
  return (['music', 'effects'] as const)
    .filter((kind) => spec[kind] !== undefined)
    .flatMap((kind) => Array.from({ length: spec.candidates }, (_, candidate) => ({ kind, candidate })));
}

/** Sorts parts: music first, within each kind the best first if the engine ranked the candidates. */
export function bestFirst<Part extends PartKey>(
  parts: readonly Part[],
  ranking: Generated['ranking'],
): Part[] {
  const place = ({ kind, candidate }: PartKey) => {
    const rank = ranking?.[kind]?.indexOf(candidate) ?? candidate;
    return (kind === 'music' ? 0 : 1000) + (rank < 0 ? 100 + candidate : rank);
  };
  return [...parts].sort((a, b) => place(a) - place(b));
}
