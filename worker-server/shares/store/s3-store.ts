import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { AwsClient } from 'aws4fetch';
import type { ByteRange } from '../../routes/byte-range.ts';
import { BlobGoneError, checkKey, type BlobKey, type BlobStore } from './blob-store.ts';

/** Bucket and credentials. */
export interface S3Options {
  /** Such as `https://s3.eu-central-1.amazonaws.com`. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** The S3 server refused a request. */
export class S3Error extends Error {
  override name = 'S3Error';
}

/** Files in an S3 bucket, addressed by path style (`endpoint/bucket/key`), requests signed with SigV4. */
export class S3Store implements BlobStore {
  readonly #client: AwsClient;
  readonly #root: string;

  constructor({ endpoint, bucket, region, accessKeyId, secretAccessKey }: S3Options) {
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 3 });
    this.#root = `${endpoint.replace(/\/$/, '')}/${encodeURIComponent(bucket)}`;
  }

  async putFile(key: BlobKey, path: string): Promise<void> {
    // A Blob has a known length, which S3 requires, and is streamed from disk.
    await this.#send(key, 'PUT', { body: await openAsBlob(path) });
    await rm(path);
  }

  async put(key: BlobKey, bytes: Uint8Array): Promise<void> {
    await this.#send(key, 'PUT', { body: new Uint8Array(bytes) });
  }

  async *get(key: BlobKey, range: ByteRange | null, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const headers: Record<string, string> = range ? { Range: `bytes=${range.first}-${range.last}` } : {};
    const answer = await this.#send(key, 'GET', { headers, signal });
    if (answer.status === 404) throw new BlobGoneError(`The file ${key} is gone.`);
    // A server that ignores the range would send more than Content-Length.
    if (range && answer.status !== 206) throw new S3Error(`The store sent no part of ${key}, but all of it.`);
    if (answer.body) yield* answer.body as unknown as AsyncIterable<Uint8Array>;
  }

  async remove(key: BlobKey): Promise<void> {
    await this.#send(key, 'DELETE', {});
  }

  async #send(key: BlobKey, method: string, init: RequestInit): Promise<Response> {
    checkKey(key);
    const answer = await this.#client.fetch(`${this.#root}/shares/${key}`, { ...init, method });
    const isFine = answer.ok || (answer.status === 404 && method !== 'PUT');
    if (!isFine) throw new S3Error(`The store answered ${method} of ${key} with ${answer.status}.`);
    return answer;
  }
}
