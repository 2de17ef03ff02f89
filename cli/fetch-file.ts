import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What a file has to be; null where that is unknown. */
export interface Promised {
  bytes: number | null;
  sha256: string | null;
}

/** What became of it. */
export interface Fetched {
  state: 'fetched' | 'was there:';
  /** Hex SHA-256. */
  digest: string;
  size: number;
}

/** The server has no such file. */
export class NotThereError extends Error {
  override name = 'NotThereError';
}

/**
 * Fetches a file, going on where an earlier try broke off, and checks it. A wrong one is thrown away.
 * @throws NotThereError; Error in one sentence when the server refuses, or sends something else than was promised.
 */
export async function fetchFile(url: string, path: string, promised: Promised): Promise<Fetched> {
  if (existsSync(path)) return { state: 'was there:', ...(await check(path, promised)) };
  const part = `${path}.part`;
  const begun = existsSync(part) ? statSync(part).size : 0;
  if (begun === 0 || begun !== promised.bytes) await download(url, part, begun);
  const facts = await check(part, promised);
  renameSync(part, path);
  return { state: 'fetched', ...facts };
}

async function download(url: string, part: string, begun: number): Promise<void> {
  const response = await fetch(url, begun > 0 ? { headers: { Range: `bytes=${begun}-` } } : {}).catch(() => {
    throw new Error(`${new URL(url).host} could not be reached. Is there a network?`);
  });
  const isPage = response.headers.get('content-type')?.includes('text/html');
  if (!response.ok || !response.body || isPage) {
    const Kind = response.status === 404 || response.status === 410 ? NotThereError : Error;
    throw new Kind(
      `The weights are not at ${url}: the server answered ${isPage ? 'with a page' : response.status}.`,
    );
  }
  mkdirSync(dirname(part), { recursive: true });
  const flags = response.status === 206 ? 'a' : 'w';
  await pipeline(response.body, createWriteStream(part, { flags })).catch(() => {
    throw new Error(`The download of ${url} broke off. Run it again: it goes on from there.`);
  });
}

async function check(path: string, { bytes, sha256 }: Promised): Promise<Omit<Fetched, 'state'>> {
  const { size } = statSync(path);
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  const digest = hash.digest('hex');
  if ((bytes !== null && size !== bytes) || (sha256 !== null && digest !== sha256)) {
    rmSync(path);
    throw new Error(
      `${path} was not what the manifest promises (${size} bytes, sha256 ${digest}); it is thrown away.`,
    );
  }
  return { digest, size };
}
