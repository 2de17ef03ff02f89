import type { Redis } from 'ioredis';
import { MOST_PAYLOAD_BYTES } from '#lib/protocol/audio-frame.ts';
import { RunDiffersError, type SoundStore } from '../jobs/sound/run-sound.ts';
import { keyOf, type Scripts } from './scripts.ts';

/**
 * The sound of a run as a stream in Redis: pieces of at most 64 KiB, each under the offset of its first byte. What an
 * earlier attempt put there stays, and the same bytes are only compared with it.
 */
export class SoundStream implements SoundStore {
  readonly #redis: Redis;
  readonly #scripts: Scripts;
  readonly #run: string;
  readonly #token: string;
  readonly #beforeBytes: number;
  #bytes = 0;

  /** @param beforeBytes What earlier attempts left. */
  constructor(redis: Redis, scripts: Scripts, run: string, token: string, beforeBytes: number) {
    this.#redis = redis;
    this.#scripts = scripts;
    this.#run = run;
    this.#token = token;
    this.#beforeBytes = beforeBytes;
  }

  async append(bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length && this.#bytes < this.#beforeBytes) {
      const old = await readPiece(this.#redis, this.#run, this.#bytes);
      const same = old?.subarray(0, bytes.length - at);
      if (!same || !same.equals(bytes.subarray(at, at + same.length))) throw new RunDiffersError();
      at += same.length;
      this.#bytes += same.length;
    }
    while (at < bytes.length) {
      const piece = bytes.subarray(at, at + MOST_PAYLOAD_BYTES);
      // ioredis takes buffers for bytes; of other arrays it makes text.
      const view = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
      await this.#scripts.call('append', this.#run, this.#token, this.#bytes, view);
      at += piece.length;
      this.#bytes += piece.length;
    }
  }

  /** Nothing is to be moved: readers have it already. */
  finish(): Promise<void> {
    return Promise.resolve();
  }

  /** What was made stays until the run is given up. */
  abandon(): Promise<void> {
    return Promise.resolve();
  }
}

/** The bytes of a run from an offset to the end of a piece, at most 64 KiB; null when there are none. */
export async function readPiece(redis: Redis, run: string, offset: number): Promise<Buffer | null> {
  // The last piece that begins at the offset or before it.
  const [entry] = await redis.xrevrangeBuffer(keyOf('sound', run), String(offset), '-', 'COUNT', 1);
  if (!entry) return null;
  const [name, [, bytes]] = entry as unknown as [Buffer, [Buffer, Buffer]];
  const piece = bytes.subarray(offset - Number.parseInt(name.toString(), 10));
  return piece.length > 0 ? piece : null;
}
