import type { Redis } from 'ioredis';
import { MAX_PAYLOAD_BYTES } from '#lib/protocol/audio-frame.ts';
import { RunDiffersError, type SoundStore } from '../jobs/sound/run-sound.ts';
import { keyOf, type Scripts } from './scripts.ts';

/**
 * The sound of a run as a Redis stream: entries of at most 64 KiB, whose id is the offset of their first byte. Entries of
 * earlier attempts are kept, and a new attempt is only compared with them.
 */
export class SoundStream implements SoundStore {
  readonly #redis: Redis;
  readonly #scripts: Scripts;
  readonly #run: string;
  readonly #token: string;
  readonly #earlierBytes: number;
  #bytes = 0;

  /** @param earlierBytes Bytes of earlier attempts. */
  constructor(redis: Redis, scripts: Scripts, run: string, token: string, earlierBytes: number) {
    this.#redis = redis;
    this.#scripts = scripts;
    this.#run = run;
    this.#token = token;
    this.#earlierBytes = earlierBytes;
  }

  async append(bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length && this.#bytes < this.#earlierBytes) {
      const old = await readPiece(this.#redis, this.#run, this.#bytes);
      const same = old?.subarray(0, bytes.length - at);
      if (!same || !same.equals(bytes.subarray(at, at + same.length))) throw new RunDiffersError();
      at += same.length;
      this.#bytes += same.length;
    }
    while (at < bytes.length) {
      const piece = bytes.subarray(at, at + MAX_PAYLOAD_BYTES);
      // ioredis sends only Buffers as bytes; it converts other arrays to text.
      const view = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
      await this.#scripts.call('append', this.#run, this.#token, this.#bytes, view);
      at += piece.length;
      this.#bytes += piece.length;
    }
  }

  /** Does nothing: the sound is complete in the stream. */
  finish(): Promise<void> {
    return Promise.resolve();
  }

  /** Does nothing: the bytes are kept until the run is abandoned. */
  abandon(): Promise<void> {
    return Promise.resolve();
  }
}

/** Reads the bytes of a run from an offset to the end of a stream entry, at most 64 KiB; null when there are none. */
export async function readPiece(redis: Redis, run: string, offset: number): Promise<Buffer | null> {
  // The last entry that starts at or before the offset.
  const [entry] = await redis.xrevrangeBuffer(keyOf('sound', run), String(offset), '-', 'COUNT', 1);
  if (!entry) return null;
  const [name, [, bytes]] = entry as unknown as [Buffer, [Buffer, Buffer]];
  const piece = bytes.subarray(offset - Number.parseInt(name.toString(), 10));
  return piece.length > 0 ? piece : null;
}
