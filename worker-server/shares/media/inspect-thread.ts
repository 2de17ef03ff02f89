/** Looks at one file that a stranger sent, apart from the server: what goes wrong here ends only this thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { inspectMedia } from './inspect-media.ts';
import type { MediaFacts } from './media-facts.ts';

/** What the thread is given, and what it answers. */
export interface InspectTask {
  path: string;
  wanted: 'film' | 'sound';
}
export type InspectAnswer = { facts: MediaFacts } | { refused: string };

const { path, wanted } = workerData as InspectTask;
try {
  parentPort!.postMessage({ facts: await inspectMedia(path, wanted) } satisfies InspectAnswer);
} catch (error) {
  const { name, message } = error as Error;
  // What a parser says of broken bytes is of no use to people.
  const refused = name === 'MediaRefusedError' ? message : 'This file can’t become a link: it is damaged.';
  parentPort!.postMessage({ refused } satisfies InspectAnswer);
}
