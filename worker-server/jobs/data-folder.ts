import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './content-key.ts';

/** Where a queue keeps its files; the names are the queue's own, never a client's. Only this user may look in. */
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

  /** Keeps a still under its digest, which is given back. */
  keepStill(still: Uint8Array): string {
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

  /** Takes away all stills but these. */
  keepOnlyStills(digests: ReadonlySet<string>): void {
    this.#keepOnly('stills', (name) => digests.has(name));
  }

  /** Takes away all sound, and what attempts at it left, but that of these runs. */
  keepOnlySound(runs: ReadonlySet<number>): void {
    this.#keepOnly('sound', (name) => runs.has(Number.parseInt(name, 10)));
  }

  removeSound(run: number): void {
    for (const end of ['', '.part', '.before']) rmSync(this.soundPath(run) + end, { force: true });
  }

  #keepOnly(folder: string, isKept: (name: string) => boolean): void {
    for (const name of readdirSync(join(this.#path, folder))) {
      if (!isKept(name)) rmSync(join(this.#path, folder, name), { force: true });
    }
  }

  #stillPath(digest: string): string {
    return join(this.#path, 'stills', digest);
  }
}
