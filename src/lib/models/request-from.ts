import { WeightsError, WeightsNotFoundError, WeightsUnreachableError } from './weights-error.ts';
import { tagName, weightsFolder } from './weights-folder.ts';

/** The answer to a range request. */
export interface Answer {
  response: Response;
  /** Position of the first byte: 0 when the server starts from the beginning. */
  from: number;
  /** Size of the whole file; null when unknown. */
  ofBytes: number | null;
}

/**
 * Requests a file from a byte on. If its entity tag has changed since the download was begun, the whole file is
 * requested. (`If-Range` would need only one request, but a preflight across origins, which redirecting hubs refuse.)
 * @throws WeightsUnreachableError; WeightsError when the server refuses or answers with a page.
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
  if (!response.ok) {
    const isMissing = response.status === 404 || response.status === 410;
    const sentence = `The weights are not at ${url}: the server answered ${response.status}.`;
    throw isMissing ? new WeightsNotFoundError(sentence) : new WeightsError(sentence);
  }
  return answer(response, name, 0);
}

async function answer(response: Response, name: string, from: number): Promise<Answer> {
  if (response.headers.get('content-type')?.includes('text/html')) {
    await response.body?.cancel();
    throw new WeightsError(`The weights are not at ${response.url}: the server sent a page instead.`);
  }
  await writeTag(name, tagOf(response));
  // With an encoding, this is the length of the compressed answer.
  const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  return { response, from, ofBytes: length === null ? null : from + Number(length) };
}

async function ask(url: string, headers: Record<string, string>): Promise<Response> {
  try {
    // The weights folder has them: a second copy in the browser's cache would waste storage.
    return await fetch(url, { headers, credentials: 'same-origin', cache: 'no-store' });
  } catch {
    const { host } = new URL(url, location.href);
    throw new WeightsUnreachableError(`The weights could not be fetched from ${host}. Is there a network?`);
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
