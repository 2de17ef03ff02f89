import { expose } from 'comlink';
import type { MixOutput } from '#lib/job/entries/mix.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';
import { readStemPcm } from '#lib/worker/stem-reader.ts';
import { StemWriter } from '#lib/worker/stem-writer.ts';
import { masterMix } from './master.ts';
import { planMix, type MixRequest } from './mix-plan.ts';

const api = {
  async mix(request: MixRequest, onProgress: (fraction: number) => void): Promise<MixOutput> {
    const plan = await planMix(request, async (stem) => {
      const file = await readBlob(stem.blob);
      return (start, count) => readStemPcm(file, start, count);
    });
    const { target, gainDb } = await masterMix(
      plan,
      request.options.loudnessLufs,
      () => StemWriter.open(plan.frames),
      (writer) => writer.discard(),
      everyPercent(onProgress),
    );
    return { stem: await target.close(), gainDb, durationSeconds: request.durationSeconds };
  },
};

export type MixApi = typeof api;
expose(api);
