import { createHash, type Hash } from 'node:crypto';
import type { AudioPart } from '#lib/protocol/job-event.ts';
import { wavHeader } from '#lib/media/audio/wav.ts';
import { EngineError } from '../../engines/engine.ts';
import type { PartKey } from './parts.ts';
import { toPcm16 } from './to-pcm16.ts';

/** A retried run generated other bytes than before its crash, and clients may already have received those. */
export class RunDiffersError extends Error {
  override name = 'RunDiffersError';

  constructor() {
    super('The generation was interrupted, and its repetition came out differently. Please start it again.');
  }
}

export interface SoundLayout {
  sampleRate: number;
  channels: number;
  /** Sample frames of each part. */
  frames: number;
  parts: readonly PartKey[];
}

/** A complete part. */
export type FinishedPart = AudioPart & { sha256: string };

/** Stores the bytes of a run. */
export interface SoundStore {
  /** Appends bytes. Up to where an earlier attempt got, they must be the same. @throws RunDiffersError */
  append(bytes: Uint8Array): Promise<void>;
  /** Called after the last byte. */
  finish(): Promise<void>;
  /** Ends an attempt that failed. @param isKept Whether its bytes are kept for the comparison with the next attempt. */
  abandon(isKept: boolean): Promise<void>;
}

/**
 * The sound of a run while it is generated: one stream of WAV files, each with its final length in the header. A retried
 * run must generate the same bytes, so that clients can resume at an offset; otherwise the run fails.
 */
export class RunSound {
  /** Bytes that can be read so far. */
  bytes = 0;
  readonly #layout: SoundLayout;
  readonly #store: SoundStore;
  readonly #finished: FinishedPart[] = [];
  #current: { part: AudioPart; hash: Hash; framesLeft: number } | null = null;

  constructor(layout: SoundLayout, store: SoundStore) {
    this.#layout = layout;
    this.#store = store;
  }

  /**
   * Appends samples. `onPart` is called before the first bytes of a part.
   * @throws EngineError for samples that were not requested; RunDiffersError; the system's error when the disk is full.
   */
  async write(
    key: PartKey,
    channels: readonly Float32Array[],
    onPart: (part: AudioPart) => void | Promise<void>,
  ): Promise<void> {
    const { part: last } = this.#current ?? {};
    if (last?.kind !== key.kind || last.candidate !== key.candidate) {
      this.#endPart();
      const part = this.#begin(key);
      await onPart(part);
      await this.#append(wavHeader(this.#layout.frames, part.sampleRate, part.channels));
    }
    const frames = channels[0]?.length ?? 0;
    const isWhole =
      channels.length === this.#layout.channels && channels.every((samples) => samples.length === frames);
    if (!isWhole || frames > this.#current!.framesLeft) throw wrong('samples of another length or layout');
    this.#current!.framesLeft -= frames;
    await this.#append(toPcm16(channels));
  }

  /** @throws EngineError when a part is missing or incomplete. */
  async finish(): Promise<FinishedPart[]> {
    this.#endPart();
    if (this.#finished.length !== this.#layout.parts.length) {
      throw wrong(`${this.#finished.length} of ${this.#layout.parts.length} parts`);
    }
    await this.#store.finish();
    return this.#finished;
  }

  /** See `SoundStore`. */
  abandon(isKept: boolean): Promise<void> {
    return this.#store.abandon(isKept);
  }

  #begin({ kind, candidate }: PartKey): AudioPart {
    const isRequested = this.#layout.parts.some((each) => each.kind === kind && each.candidate === candidate);
    const isMade = this.#finished.some((each) => each.kind === kind && each.candidate === candidate);
    if (!isRequested || isMade) throw wrong(`${kind} number ${candidate}, which was not asked for`);
    const { sampleRate, channels, frames } = this.#layout;
    const bytes = wavHeader(frames, sampleRate, channels).length + frames * channels * 2;
    const index = this.#finished.length;
    const part = { index, kind, candidate, offset: this.bytes, bytes, sampleRate, channels };
    this.#current = { part, hash: createHash('sha256'), framesLeft: frames };
    return part;
  }

  #endPart(): void {
    if (!this.#current) return;
    const { part, hash, framesLeft } = this.#current;
    if (framesLeft > 0) throw wrong(`${framesLeft} samples too few`);
    this.#finished.push({ ...part, sha256: hash.digest('hex') });
    this.#current = null;
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#store.append(bytes);
    this.#current!.hash.update(bytes);
    this.bytes += bytes.length;
  }
}

function wrong(what: string): EngineError {
  return new EngineError(`The engine made ${what}, so the result can't be used.`, false);
}
