import type { IHasher } from 'hash-wasm';
import type { AudioPart } from '#lib/protocol/job-event.ts';

/** A section of one part of a job's byte stream. */
export interface PartBytes {
  part: AudioPart;
  /** Byte offset in the part. */
  at: number;
  bytes: Uint8Array;
}

/**
 * Splits a job's byte stream into the parts that were announced, and calculates the SHA-256 of each. Parts follow one
 * another without gaps; bytes that arrive before their part is announced wait for it.
 */
export class PartCheck {
  #hasher: IHasher;
  #parts: AudioPart[] = [];
  #digests: string[] = [];
  #waiting: Uint8Array[] = [];
  /** Offset in the stream of the first byte that waits. */
  #at = 0;

  private constructor(hasher: IHasher) {
    this.#hasher = hasher;
  }

  static async open(): Promise<PartCheck> {
    // Loaded with the first job: the start of the app does not need it.
    const { createSHA256 } = await import('hash-wasm');
    return new PartCheck(await createSHA256());
  }

  /** Offset in the stream of the first byte that was not returned yet. */
  get at(): number {
    return this.#at;
  }

  /** Registers a part; false when another one was announced at its index before. */
  announce(part: AudioPart): boolean {
    const known = this.#parts[part.index];
    if (known) return known.offset === part.offset && known.bytes === part.bytes;
    this.#parts[part.index] = part;
    return true;
  }

  /** Forgets everything: the stream starts again. */
  reset(): void {
    this.#parts = [];
    this.#digests = [];
    this.#waiting = [];
    this.#at = 0;
  }

  /** Appends the next bytes of the stream. */
  add(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#waiting.push(bytes);
  }

  /** The next section that lies in a known part; null while there is none. */
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

  /** SHA-256 of the complete parts, 64 hexadecimal digits each, in stream order. */
  get digests(): readonly string[] {
    return this.#digests;
  }

  #hash(part: AudioPart, at: number, bytes: Uint8Array): void {
    if (at === 0) this.#hasher.init();
    this.#hasher.update(bytes);
    if (at + bytes.length === part.bytes) this.#digests.push(this.#hasher.digest('hex'));
  }
}
