import { open, type FileHandle } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { ShareForm } from '#lib/protocol/share.ts';
import type { InspectAnswer, InspectTask } from './inspect-thread.ts';
import { MediaRefusedError, type MediaFacts } from './media-facts.ts';

/** Header of sealed (encrypted) files: see `src/lib/share/encrypt.ts`. */
const MAGIC = 'IMVSEAL1';
const HEADER_BYTES = 20;
const TAG_BYTES = 16;
const MAX_CHUNK_BYTES = 4 << 20;

const MAX_MILLISECONDS = 20_000;
const MAX_MEGABYTES = 256;

/** Checks an uploaded file. @returns Its properties; null for sealed (encrypted) bytes. @throws MediaRefusedError */
export async function checkMedia(path: string, form: ShareForm): Promise<MediaFacts | null> {
  if (form !== 'sealed') return inspectInThread({ path, wanted: form === 'film' ? 'film' : 'sound' });
  await using file = await open(path);
  await checkSealed(file, (await file.stat()).size);
  return null;
}

/** Parses the file in a thread with limited memory and time. */
async function inspectInThread(task: InspectTask): Promise<MediaFacts> {
  const thread = new Worker(new URL('./inspect-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEGABYTES },
  });
  const { promise, resolve } = Promise.withResolvers<InspectAnswer>();
  thread.once('message', resolve);
  const giveUp = () => resolve({ refused: 'This file can’t become a link: it is too much to look at.' });
  thread.once('error', giveUp);
  thread.once('exit', giveUp);
  const patience = setTimeout(giveUp, MAX_MILLISECONDS);
  try {
    const answer = await promise;
    if ('refused' in answer) throw new MediaRefusedError(answer.refused);
    return answer.facts;
  } finally {
    clearTimeout(patience);
    await thread.terminate();
  }
}

/** Checks the header, which is all that can be checked of encrypted bytes. @throws MediaRefusedError */
async function checkSealed(file: FileHandle, size: number): Promise<void> {
  const head = Buffer.alloc(HEADER_BYTES);
  const { bytesRead } = await file.read(head, 0, HEADER_BYTES, 0);
  const chunk = head.readUInt32BE(8);
  const isSealed =
    bytesRead === HEADER_BYTES &&
    head.toString('latin1', 0, 8) === MAGIC &&
    chunk >= 1024 &&
    chunk <= MAX_CHUNK_BYTES &&
    size > HEADER_BYTES + TAG_BYTES;
  if (!isSealed) throw new MediaRefusedError('These are no sealed bytes that an app has made.');
}
