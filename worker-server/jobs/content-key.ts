import { createHash } from 'node:crypto';
import type { Weights } from '#lib/protocol/engine-about.ts';
import type { JobRequest } from './job-queue.ts';

/** SHA-256, 64 hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** JSON with sorted keys and without `undefined`, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Digest of a request, to compare a repeated job id with its first request. */
export function requestDigest(request: JobRequest): string {
  const still = request.verb === 'describe' ? sha256(request.still) : null;
  return sha256(canonicalJson({ verb: request.verb, spec: request.spec, still }));
}

/** Key of everything that determines the result: the request and the revisions of the weights. */
export function contentKey(request: string, weights: readonly Weights[]): string {
  const revisions = weights.map(({ name, revision }) => ({ name, revision }));
  return sha256(canonicalJson({ request, weights: revisions }));
}
