import { expose } from 'comlink';
import type { SourceAudioOutput } from '#lib/job/entries/source-audio.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';
import type { SourceAudioRequest } from './finding.ts';
import { readSourceAudio } from './read-source-audio.ts';
import { soundSpan } from './sound-span.ts';
import { wholeSpan } from './whole-span.ts';

const api = {
  span: wholeSpan,

  soundSpan,

  read: (request: SourceAudioRequest, onProgress: (fraction: number) => void): Promise<SourceAudioOutput> =>
    readSourceAudio(request, everyPercent(onProgress)),
};

export type SourceAudioApi = typeof api;
expose(api);
