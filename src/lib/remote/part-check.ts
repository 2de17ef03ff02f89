import { createSHA256, type IHasher } from 'hash-wasm';
import type { AudioPart } from '#lib/protocol/job-event.ts';

/** A stretch of one part of a job's byte stream. */
export interface PartBytes {
  part: AudioPart;
  /** Where the stretch begins in the part, bytes. */
  at: number;
  bytes: Uint8Array;
}

/**
 * Cuts a job's byte stream into the parts that were announced, and takes the SHA-256 of each. Parts follow one another
 * without gaps; bytes that come before their part is announced wait for it.
 */
export class PartCheck {
  #hasher: IHasher;
  #parts: AudioPart[] = [];
  #digests: string[] = [];
  #waiting: Uint8Array[] = [];
  /** Where the first byte that waits lies in the stream. */
  #at = 0;

  private constructor(hasher: IHasher) {
    this.#hasher = hasher;
  }

  static async open(): Promise<PartCheck> {
    return new PartCheck(await createSHA256());
  }

  /** Where the first byte lies that was not given out yet. */
  get at(): number {
    return this.#at;
  }

  /** Notes a part; false when another one was announced at its place before. */
  announce(part: AudioPart): boolean {
    const known = this.#parts[part.index];
    if (known) return known.offset === part.offset && known.bytes === part.bytes;
    this.#parts[part.index] = part;
    return true;
  }

  /** Forgets everything: the stream begins anew. */
  reset(): void {
    this.#parts = [];
    this.#digests = [];
    this.#waiting = [];
    this.#at = 0;
  }

  /** Takes the bytes that come next in the stream. */
  add(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#waiting.push(bytes);
  }

  /** The next stretch that lies in a part that is known; null while there is none. */
  next(): PartBytes | null {
    const [first] = this.#waiting;
    const part = this.#parts[this.#digests.length];
    if (!first || !part) return null;
    const at = this.#at - part.offset;
    const count = Math.min(first.length, part.bytes - at);
    if (count === first.length) this.#waiting.shift();
    else this.#waiting[0] = first.subarray(count);
    const bytes = first.subarray(0, count);
    this.#hash(part, at, bytes);
    this.#at += count;
    return { part, at, bytes };
  }

  /** SHA-256 of the parts that are complete, 64 hexadecimal digits each, in their order in the stream. */
  get digests(): readonly string[] {
    return this.#digests;
  }

  #hash(part: AudioPart, at: number, bytes: Uint8Array): void {
    if (at === 0) this.#hasher.init();
    this.#hasher.update(bytes);
    if (at + bytes.length === part.bytes) this.#digests.push(this.#hasher.digest('hex'));
  }
}
