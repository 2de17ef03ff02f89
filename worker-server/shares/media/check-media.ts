import { open } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { ShareForm } from '#lib/protocol/share.ts';
import { checkSealed } from './check-sealed.ts';
import type { InspectAnswer, InspectTask } from './inspect-thread.ts';
import { MediaRefusedError, type MediaFacts } from './media-facts.ts';

const MOST_MILLISECONDS = 20_000;
const MOST_MEGABYTES = 256;

/** What is in an uploaded file; sealed bytes tell nothing. @throws MediaRefusedError */
export async function checkMedia(path: string, form: ShareForm): Promise<MediaFacts | null> {
  if (form !== 'sealed') return inspectInThread({ path, wanted: form === 'film' ? 'film' : 'sound' });
  await using file = await open(path);
  await checkSealed(file, (await file.stat()).size);
  return null;
}

/** In a thread of its own, with a limit to its memory and its time. */
async function inspectInThread(task: InspectTask): Promise<MediaFacts> {
  const thread = new Worker(new URL('./inspect-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  const { promise, resolve } = Promise.withResolvers<InspectAnswer>();
  thread.once('message', resolve);
  const giveUp = () => resolve({ refused: 'This file can’t become a link: it is too much to look at.' });
  thread.once('error', giveUp);
  thread.once('exit', giveUp);
  const patience = setTimeout(giveUp, MOST_MILLISECONDS);
  try {
    const answer = await promise;
    if ('refused' in answer) throw new MediaRefusedError(answer.refused);
    return answer.facts;
  } finally {
    clearTimeout(patience);
    await thread.terminate();
  }
}
