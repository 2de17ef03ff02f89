import { expose } from 'comlink';
import type { OriginalOutput } from '#lib/job/entries/original.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';
import type { OriginalRequest } from './finding.ts';
import { readOriginal } from './read-original.ts';
import { wholeSpan } from './whole-span.ts';

const api = {
  span: wholeSpan,

  read: (request: OriginalRequest, onProgress: (fraction: number) => void): Promise<OriginalOutput> =>
    readOriginal(request, everyPercent(onProgress)),
};

export type OriginalApi = typeof api;
expose(api);
