import { expose } from 'comlink';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { identify } from './identify.ts';
import { keepFile } from './keep-file.ts';

/** An abort ends this worker and ffmpeg with it, so nothing in here listens to a signal. */
const { signal } = new AbortController();

/** How much of the whole the first look is, when the copying is the rest. */
const LOOK_FRACTION = 0.1;

const api = {
  async read(file: File, onProgress: (fraction: number) => void): Promise<SourceOutput> {
    const identity = await identify(file, signal);
    onProgress(LOOK_FRACTION);
    const kept = await keepFile(file, (fraction) =>
      onProgress(LOOK_FRACTION + fraction * (1 - LOOK_FRACTION)),
    );
    return { ...identity, ...kept, name: file.name, bytes: file.size };
  },
};

export type SourceApi = typeof api;
expose(api);
