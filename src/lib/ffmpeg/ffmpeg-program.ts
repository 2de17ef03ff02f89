import { FFFSType, FFmpeg } from '@ffmpeg/ffmpeg';
import coreURL from '@ffmpeg/core?url';
import wasmURL from '@ffmpeg/core/wasm?url';

const INPUT_FOLDER = '/in';
const LOG_LINES_KEPT = 2000;

/** ffmpeg failed; the message ends with the reason that it printed. */
export class FfmpegError extends Error {
  override name = 'FfmpegError';
}

/** The result of a run of ffmpeg. */
export interface FfmpegResult {
  /** The requested output files that exist, by name; inside ffmpeg they are deleted. */
  outputs: Map<string, Uint8Array<ArrayBuffer>>;
  /** The last lines that ffmpeg printed, oldest first. */
  log: string[];
}

/** Callbacks during a run of ffmpeg. */
export interface FfmpegEvents {
  /** ffmpeg's own progress, 0 … 1; it may go back. */
  onProgress?: (fraction: number) => void;
  onLog?: (line: string) => void;
}

/** The path of an input inside ffmpeg. */
export function inputPath(name: string): string {
  return `${INPUT_FOLDER}/${name}`;
}

/**
 * ffmpeg, compiled to WebAssembly, in a worker of its own: loaded (32 MB, from our own origin) when it is opened, and
 * terminated with all its memory when it is closed. Works in pages and in workers.
 */
export class FfmpegProgram {
  #ffmpeg = new FFmpeg();
  #signal: AbortSignal;
  #log: string[] = [];
  #events: FfmpegEvents = {};

  private constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#stop, { once: true });
    this.#ffmpeg.on('log', ({ message }) => {
      if (message.startsWith('Aborted(')) return; // How every run of the WebAssembly program ends.
      if (this.#log.push(message) > LOG_LINES_KEPT) this.#log.shift();
      this.#events.onLog?.(message);
    });
    this.#ffmpeg.on('progress', ({ progress }) => {
      if (progress >= 0 && progress <= 1) this.#events.onProgress?.(progress);
    });
  }

  /**
   * Loads ffmpeg and mounts the inputs, which it reads piece by piece: they are never copied into memory.
   * When the signal aborts, everything that is running ends and rejects with `signal.reason`.
   * @throws FfmpegError when the program can't be loaded.
   */
  static async open(inputs: ReadonlyMap<string, Blob>, signal: AbortSignal): Promise<FfmpegProgram> {
    signal.throwIfAborted();
    const program = new FfmpegProgram(signal);
    try {
      await program.#ask('could not be started', async (ffmpeg) => {
        await ffmpeg.load({ coreURL, wasmURL });
        await ffmpeg.createDir(INPUT_FOLDER);
        const blobs = [...inputs].map(([name, data]) => ({ name, data }));
        await ffmpeg.mount(FFFSType.WORKERFS, { blobs }, INPUT_FOLDER);
      });
      return program;
    } catch (error) {
      program[Symbol.dispose]();
      throw error;
    }
  }

  /**
   * Runs ffmpeg once; arguments name inputs by `inputPath` and outputs by plain names.
   * @throws FfmpegError when ffmpeg exits with an error.
   */
  async run(
    args: string[],
    outputs: readonly string[] = [],
    events: FfmpegEvents = {},
  ): Promise<FfmpegResult> {
    return this.#ask('could not do this', async (ffmpeg) => {
      this.#log = [];
      this.#events = events;
      const code = await ffmpeg.exec(['-hide_banner', ...args]);
      const made = await this.#collect(outputs);
      if (code !== 0) throw new Error(this.#lastLines());
      return { outputs: made, log: this.#log };
    });
  }

  /** Runs ffprobe once and returns its JSON. @throws FfmpegError when it can't read the input. */
  async probe(args: string[]): Promise<unknown> {
    const name = 'probe.json';
    return this.#ask('could not read this file', async (ffmpeg) => {
      this.#log = [];
      this.#events = {};
      // Its exit code is always -1: only the output shows whether it succeeded.
      await ffmpeg.ffprobe(['-v', 'error', '-of', 'json', ...args, '-o', name]);
      const text = new TextDecoder().decode((await this.#collect([name])).get(name));
      const answer: unknown = text.trim() ? JSON.parse(text) : {};
      if (Object.keys(answer as object).length === 0) throw new Error(this.#lastLines());
      return answer;
    });
  }

  /** Terminates ffmpeg and frees its memory. */
  [Symbol.dispose](): void {
    this.#signal.removeEventListener('abort', this.#stop);
    this.#ffmpeg.terminate();
  }

  #stop = () => this.#ffmpeg.terminate();

  /** The last lines that ffmpeg printed: the reason is rarely in the very last one. */
  #lastLines(): string {
    return this.#log.slice(-3).join(' ') || 'it gave no reason';
  }

  async #collect(names: readonly string[]): Promise<FfmpegResult['outputs']> {
    const present = new Set((await this.#ffmpeg.listDir('/')).map((node) => node.name));
    const files: FfmpegResult['outputs'] = new Map();
    for (const name of names.filter((candidate) => present.has(candidate))) {
      files.set(name, (await this.#ffmpeg.readFile(name)) as Uint8Array<ArrayBuffer>);
      await this.#ffmpeg.deleteFile(name);
    }
    return files;
  }

  /** The library rejects with plain strings: wraps them in errors, and lets an abort take precedence. */
  async #ask<T>(what: string, use: (ffmpeg: FFmpeg) => Promise<T>): Promise<T> {
    this.#signal.throwIfAborted();
    try {
      return await use(this.#ffmpeg);
    } catch (error) {
      this.#signal.throwIfAborted();
      const words = error instanceof Error ? error.message : String(error);
      throw new FfmpegError(`ffmpeg ${what}: ${words.trim()}`);
    }
  }
}
