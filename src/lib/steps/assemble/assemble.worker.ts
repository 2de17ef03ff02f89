import { expose } from 'comlink';
import type { AssembleOutput } from '#lib/job/entries/assemble.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';
import { assembleStems, type AssembleRequest } from './assemble-stems.ts';

const api = {
  assemble: (request: AssembleRequest, onProgress: (fraction: number) => void): Promise<AssembleOutput> =>
    assembleStems(request, everyPercent(onProgress)),
};

export type AssembleApi = typeof api;
expose(api);
