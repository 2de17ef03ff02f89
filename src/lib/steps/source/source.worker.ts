import { expose } from 'comlink';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { identify } from './identify.ts';
import { keepFile } from './keep-file.ts';

/** Aborting terminates this worker and ffmpeg with it, so no signal is needed here. */
const { signal } = new AbortController();

/** Share of the identification in the progress; the rest is copying. */
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
