import * as v from 'valibot';
import { ErrorAnswerSchema } from '#lib/protocol/http-answers.ts';
import type { ShareServer } from './ask-shares.ts';
import { ShareError } from './share-error.ts';

const CHUNK_BYTES = 4 << 20;
/** After about ten minutes without progress the upload fails; the server keeps what it has for a day. */
const RETRY_MILLISECONDS = [0, 1000, 2000, 4000, 8000, ...Array<number>(20).fill(30_000)];

export interface UploadOptions {
  /** Where an upload of the same bytes was begun before. It is resumed, or started again when it is gone. */
  place: string | null;
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
  /** The upload has a URL now, with which it can be resumed after a reload. */
  onPlace: (place: string) => void;
}

/**
 * Uploads bytes with the tus protocol (1.0), which survives lost connections. A cancelled upload is deleted.
 * @returns The upload's id. @throws ShareError, or the signal's reason.
 */
export async function uploadResumably(
  server: ShareServer,
  bytes: Blob,
  options: UploadOptions,
): Promise<string> {
  const { place, signal, onProgress, onPlace } = options;
  const { Upload, DetailedError } = await import('tus-js-client');
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const upload = new Upload(bytes as File, {
    endpoint: `${server.origin}/api/v1/shares/uploads`,
    uploadUrl: place,
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_MILLISECONDS,
    storeFingerprintForResuming: false,
    headers: server.token ? { Authorization: `Bearer ${server.token}` } : {},
    onProgress: (sent, all) => onProgress(all > 0 ? sent / all : 0),
    onUploadUrlAvailable: () => upload.url && onPlace(upload.url),
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      return status === 0 || status >= 500 || [408, 409, 423, 429].includes(status);
    },
    onSuccess: () => resolve(upload.url!.slice(-32)),
    onError: (error) => {
      const answer = error instanceof DetailedError ? error.originalResponse : null;
      reject(new ShareError(sentenceOf(answer?.getBody()) ?? NO_ANSWER, answer?.getStatus() ?? 0));
    },
  });
  const stop = () => {
    void upload.abort(true).catch(() => undefined);
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', stop, { once: true });
  upload.start();
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const NO_ANSWER = 'The connection was lost for too long; what was uploaded waits for a day.';

function sentenceOf(body: string | undefined): string | null {
  try {
    return v.parse(ErrorAnswerSchema, JSON.parse(body ?? '')).error.message;
  } catch {
    return null;
  }
}
