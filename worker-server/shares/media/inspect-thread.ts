/** Worker thread that parses one untrusted file: a crash ends only this thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { inspectMedia } from './inspect-media.ts';
import type { MediaFacts } from './media-facts.ts';

/** `workerData` of the thread. */
export interface InspectTask {
  path: string;
  wanted: 'film' | 'sound';
}
/** The only message of the thread. */
export type InspectAnswer = { facts: MediaFacts } | { refused: string };

const { path, wanted } = workerData as InspectTask;
try {
  parentPort!.postMessage({ facts: await inspectMedia(path, wanted) } satisfies InspectAnswer);
} catch (error) {
  const { name, message } = error as Error;
  // Messages of parsers don't help users.
  const refused = name === 'MediaRefusedError' ? message : 'This file can’t become a link: it is damaged.';
  parentPort!.postMessage({ refused } satisfies InspectAnswer);
}
