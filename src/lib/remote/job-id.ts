import type { JobId } from '#lib/protocol/job-request.ts';

/** A job's id: 128 random bits in base64url. Who knows it may follow, cancel and hear the job. */
export function newJobId(): JobId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
