import { WeightsError } from './weights-error.ts';
import { tagName, weightsFolder } from './weights-folder.ts';

/** The answer of a server to a download that may go on. */
export interface Answer {
  response: Response;
  /** Position of the first byte that comes: 0 when the server begins anew. */
  from: number;
  /** Bytes of the whole file; null when the server doesn't say. */
  ofBytes: number | null;
}

/**
 * Asks for a file from a byte on. The version of a begun download is known by its entity tag; when the server has
 * another version by now it is asked for all of it. (`If-Range` would do the same with one request, but across
 * origins it needs a preflight, and redirecting hubs refuse that.)
 * @throws WeightsError when the server can't be reached, refuses or answers with a page.
 */
export async function requestFrom(url: string, name: string, begunBytes: number): Promise<Answer> {
  if (begunBytes > 0) {
    const response = await ask(url, { Range: `bytes=${begunBytes}-` });
    const from = firstByte(response);
    const isSame = from === begunBytes && (await readTag(name)) === tagOf(response);
    if (response.status === 200) return answer(response, name, 0);
    if (response.status === 206 && isSame) return answer(response, name, from);
    await response.body?.cancel();
  }
  const response = await ask(url, {});
  if (!response.ok)
    throw new WeightsError(`The weights are not at ${url}: the server answered ${response.status}.`);
  return answer(response, name, 0);
}

async function answer(response: Response, name: string, from: number): Promise<Answer> {
  if (response.headers.get('content-type')?.includes('text/html')) {
    await response.body?.cancel();
    throw new WeightsError(`The weights are not at ${response.url}: the server sent a page instead.`);
  }
  await writeTag(name, tagOf(response));
  // The length of a compressed answer says nothing about the file.
  const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  return { response, from, ofBytes: length === null ? null : from + Number(length) };
}

async function ask(url: string, headers: Record<string, string>): Promise<Response> {
  try {
    // The store keeps the weights: a second copy in the browser's cache would only take room.
    return await fetch(url, { headers, credentials: 'same-origin', cache: 'no-store' });
  } catch {
    const { host } = new URL(url, location.href);
    throw new WeightsError(`The weights could not be fetched from ${host}. Is there a network?`);
  }
}

function firstByte(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? NaN);
}

function tagOf(response: Response): string {
  return response.headers.get('etag') ?? '';
}

async function readTag(name: string): Promise<string> {
  try {
    return await (await (await (await weightsFolder()).getFileHandle(tagName(name))).getFile()).text();
  } catch {
    return '';
  }
}

async function writeTag(name: string, tag: string): Promise<void> {
  const handle = await (await weightsFolder()).getFileHandle(tagName(name), { create: true });
  const access = await handle.createSyncAccessHandle();
  access.truncate(0);
  access.write(new TextEncoder().encode(tag), { at: 0 });
  access.close();
}
