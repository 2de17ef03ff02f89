import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import type { Generated } from '../../engines/engine.ts';

/** A track that was asked for. */
export interface Take {
  kind: 'music' | 'effects';
  candidate: number;
}

/** All tracks that a request asks for. */
export function takesOf(spec: GenerateSpec): Take[] {
  return (['music', 'effects'] as const)
    .filter((kind) => spec[kind] !== undefined)
    .flatMap((kind) => Array.from({ length: spec.candidates }, (_, candidate) => ({ kind, candidate })));
}

/** Music first, and of each kind the best first, where the engine says which that is. */
export function bestFirst<Part extends Take>(parts: readonly Part[], ranking: Generated['ranking']): Part[] {
  const place = ({ kind, candidate }: Take) => {
    const rank = ranking?.[kind]?.indexOf(candidate) ?? candidate;
    return (kind === 'music' ? 0 : 1000) + (rank < 0 ? 100 + candidate : rank);
  };
  return [...parts].sort((a, b) => place(a) - place(b));
}
