import { expose, transfer } from 'comlink';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { AudioPart } from '#lib/protocol/job-event.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';
import { ArrivingPart } from './arriving-part.ts';

let part: ArrivingPart | null = null;

const api = {
  /** Begins a part; discards an unfinished one. */
  async begin(about: AudioPart, samples: number): Promise<void> {
    await api.discard();
    part = await ArrivingPart.open(about, samples);
  },

  push(bytes: Uint8Array): Int16Array<ArrayBuffer> | null {
    const pcm = part?.push(bytes) ?? null;
    return pcm && transfer(pcm, [pcm.buffer]);
  },

  async finish(onProgress: (fraction: number) => void): Promise<Stem> {
    if (!part) throw new TypeError('A part of sound has to begin before it can be finished.');
    try {
      return await part.finish(everyPercent(onProgress));
    } finally {
      await api.discard();
    }
  },

  async discard(): Promise<void> {
    await part?.[Symbol.asyncDispose]();
    part = null;
  },
};

export type ServerSoundApi = typeof api;
expose(api);
