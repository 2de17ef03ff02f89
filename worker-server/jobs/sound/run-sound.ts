import { createHash, type Hash } from 'node:crypto';
import type { AudioPart } from '#lib/protocol/job-event.ts';
import { wavHeader } from '#lib/media/audio/wav.ts';
import { EngineError } from '../../engines/engine.ts';
import type { Take } from './takes.ts';
import { toPcm16 } from './to-pcm16.ts';

/** A repeated run made other bytes than the run before its death, and those may have been heard already. */
export class RunDiffersError extends Error {
  override name = 'RunDiffersError';

  constructor() {
    super('The generation was interrupted, and its repetition came out differently. Please start it again.');
  }
}

export interface SoundLayout {
  sampleRate: number;
  channels: number;
  /** Of each part. */
  frames: number;
  takes: readonly Take[];
}

/** A part that is complete. */
export type FinishedPart = AudioPart & { sha256: string };

/** Where the bytes of a run go. */
export interface SoundStore {
  /** Takes the next bytes; as far as an earlier attempt came, they must be the same. @throws RunDiffersError */
  append(bytes: Uint8Array): Promise<void>;
  /** All bytes are there. */
  finish(): Promise<void>;
  /** Ends an attempt that came to nothing; what it made stays for the next one, unless `isKept` is false. */
  abandon(isKept: boolean): Promise<void>;
}

/**
 * The sound of a run while it is made: WAV files one after another in one stream, each with its exact length in front.
 * A repeated attempt must make the same bytes: a listener who goes on at an offset hears one and the same sound, or the
 * run fails.
 */
export class RunSound {
  /** Bytes that can be read. */
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
   * Takes the next samples; `onPart` hears of a part before its first bytes.
   * @throws EngineError when they aren't what was asked for; RunDiffersError; the system's error when the disk is full.
   */
  async write(
    take: Take,
    channels: readonly Float32Array[],
    onPart: (part: AudioPart) => void | Promise<void>,
  ): Promise<void> {
    const { part: last } = this.#current ?? {};
    if (last?.kind !== take.kind || last.candidate !== take.candidate) {
      this.#endPart();
      const part = this.#begin(take);
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

  /** @throws EngineError when something is missing. */
  async finish(): Promise<FinishedPart[]> {
    this.#endPart();
    if (this.#finished.length !== this.#layout.takes.length) {
      throw wrong(`${this.#finished.length} of ${this.#layout.takes.length} parts`);
    }
    await this.#store.finish();
    return this.#finished;
  }

  /** See `SoundStore`. */
  abandon(isKept: boolean): Promise<void> {
    return this.#store.abandon(isKept);
  }

  #begin({ kind, candidate }: Take): AudioPart {
    const isAsked = this.#layout.takes.some((each) => each.kind === kind && each.candidate === candidate);
    const isMade = this.#finished.some((each) => each.kind === kind && each.candidate === candidate);
    if (!isAsked || isMade) throw wrong(`${kind} number ${candidate}, which was not asked for`);
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
