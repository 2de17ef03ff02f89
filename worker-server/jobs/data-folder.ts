import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './content-key.ts';

/** The files of a queue, with mode 0700. File names never contain input of clients. */
export class DataFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    for (const folder of ['sound', 'stills']) mkdirSync(join(path, folder), { recursive: true, mode: 0o700 });
  }

  get databasePath(): string {
    return join(this.#path, 'jobs.sqlite');
  }

  soundPath(run: number): string {
    return join(this.#path, 'sound', String(run));
  }

  hasSound(run: number): boolean {
    return existsSync(this.soundPath(run));
  }

  /** Stores a still. @returns Its digest, under which it is stored. */
  storeStill(still: Uint8Array): string {
    const digest = sha256(still);
    const path = this.#stillPath(digest);
    if (!existsSync(path)) {
      writeFileSync(`${path}.part`, still, { mode: 0o600 });
      renameSync(`${path}.part`, path);
    }
    return digest;
  }

  readStill(digest: string): Uint8Array {
    return readFileSync(this.#stillPath(digest));
  }

  /** Deletes all stills except these. */
  retainStills(digests: ReadonlySet<string>): void {
    this.#retain('stills', (name) => digests.has(name));
  }

  /** Deletes all sound files, partial ones included, except those of these runs. */
  retainSound(runs: ReadonlySet<number>): void {
    this.#retain('sound', (name) => runs.has(Number.parseInt(name, 10)));
  }

  removeSound(run: number): void {
    for (const end of ['', '.part', '.before']) rmSync(this.soundPath(run) + end, { force: true });
  }

  #retain(folder: string, isKept: (name: string) => boolean): void {
    for (const name of readdirSync(join(this.#path, folder))) {
      if (!isKept(name)) rmSync(join(this.#path, folder, name), { force: true });
    }
  }

  #stillPath(digest: string): string {
    return join(this.#path, 'stills', digest);
  }
}
