import { createHash, type Hash } from 'node:crypto';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import type { AudioPart } from '#lib/protocol/job-event.ts';
import { wavHeader } from '#lib/media/audio/wav.ts';
import { EngineError } from '../../engines/engine.ts';
import { toPcm16 } from './to-pcm16.ts';

/** A repeated run made other bytes than the run before its death, and those may have been heard already. */
export class RunDiffersError extends Error {
  override name = 'RunDiffersError';

  constructor() {
    super('The generation was interrupted, and its repetition came out differently. Please start it again.');
  }
}

/** A track that was asked for. */
export interface Take {
  kind: 'music' | 'effects';
  candidate: number;
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

/**
 * The sound of a run while it is made: WAV files one after another in one file, each with its exact length in front.
 * What an interrupted attempt left behind is kept beside it, and each new byte is compared with it: a listener who
 * goes on at an offset hears one and the same sound, or the run fails.
 */
export class RunSound {
  /** Bytes that can be read. */
  bytes = 0;
  readonly #path: string;
  readonly #layout: SoundLayout;
  readonly #file: FileHandle;
  readonly #before: FileHandle | null;
  readonly #beforeBytes: number;
  readonly #finished: FinishedPart[] = [];
  #current: { part: AudioPart; hash: Hash; framesLeft: number } | null = null;

  private constructor(
    path: string,
    layout: SoundLayout,
    file: FileHandle,
    before: FileHandle | null,
    bytes: number,
  ) {
    this.#path = path;
    this.#layout = layout;
    this.#file = file;
    this.#before = before;
    this.#beforeBytes = bytes;
  }

  /** @param path Where the finished sound will lie; `.part` beside it is being written, `.before` an older attempt. */
  static async open(path: string, layout: SoundLayout): Promise<RunSound> {
    await keepLongest(path);
    const before = await openIfThere(`${path}.before`);
    try {
      const bytes = before ? (await before.stat()).size : 0;
      return new RunSound(path, layout, await open(partialPath(path), 'w', 0o600), before, bytes);
    } catch (error) {
      await before?.close();
      throw error;
    }
  }

  /**
   * Takes the next samples; `onPart` hears of a part before its first bytes.
   * @throws EngineError when they aren't what was asked for; RunDiffersError; the system's error when the disk is full.
   */
  async write(
    take: Take,
    channels: readonly Float32Array[],
    onPart: (part: AudioPart) => void,
  ): Promise<void> {
    const { part: last } = this.#current ?? {};
    if (last?.kind !== take.kind || last.candidate !== take.candidate) {
      this.#endPart();
      const part = this.#begin(take);
      onPart(part);
      await this.#append(wavHeader(this.#layout.frames, part.sampleRate, part.channels));
    }
    const frames = channels[0]?.length ?? 0;
    const isWhole =
      channels.length === this.#layout.channels && channels.every((samples) => samples.length === frames);
    if (!isWhole || frames > this.#current!.framesLeft) throw wrong('samples of another length or layout');
    this.#current!.framesLeft -= frames;
    await this.#append(toPcm16(channels));
  }

  /** Moves the whole sound to its place, safe from a loss of power. @throws EngineError when something is missing. */
  async finish(): Promise<FinishedPart[]> {
    this.#endPart();
    if (this.#finished.length !== this.#layout.takes.length) {
      throw wrong(`${this.#finished.length} of ${this.#layout.takes.length} parts`);
    }
    await this.#file.sync();
    await this.#close();
    await rename(partialPath(this.#path), this.#path);
    await rm(`${this.#path}.before`, { force: true });
    return this.#finished;
  }

  /** Ends an attempt that came to nothing; what it made stays for the next one, unless `isKept` is false. */
  async abandon(isKept: boolean): Promise<void> {
    await this.#close().catch(() => undefined);
    if (!isKept) await removeSound(this.#path);
  }

  async #close(): Promise<void> {
    await this.#file.close();
    await this.#before?.close();
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
    await this.#compare(bytes);
    await this.#file.appendFile(bytes);
    this.#current!.hash.update(bytes);
    this.bytes += bytes.length;
  }

  async #compare(bytes: Uint8Array): Promise<void> {
    const length = Math.min(bytes.length, this.#beforeBytes - this.bytes);
    if (!this.#before || length <= 0) return;
    const old = Buffer.alloc(length);
    await this.#before.read(old, 0, length, this.bytes);
    if (!old.equals(bytes.subarray(0, length))) throw new RunDiffersError();
  }
}

/** Where the sound lies while it is written. */
export function partialPath(path: string): string {
  return `${path}.part`;
}

/** Takes away a sound and what attempts at it left. */
export async function removeSound(path: string): Promise<void> {
  for (const each of [path, partialPath(path), `${path}.before`]) await rm(each, { force: true });
}

/**
 * Of interrupted attempts, equal as far as they went, the longest says all that anybody may have heard. The server may
 * have died just after the last attempt was complete, too.
 */
async function keepLongest(path: string): Promise<void> {
  const before = `${path}.before`;
  for (const attempt of [partialPath(path), path]) {
    if ((await sizeOf(attempt)) > (await sizeOf(before))) await rename(attempt, before);
  }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(absent);
  return found?.size ?? 0;
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  return (await open(path, 'r').catch(absent)) ?? null;
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function wrong(what: string): EngineError {
  return new EngineError(`The engine made ${what}, so the result can't be used.`, false);
}
