import { expose } from 'comlink';
import type { MixOutput } from '#lib/job/entries/mix.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { ACTIVITY_STEP_SECONDS, ForegroundMeter } from '#lib/media/audio/foreground.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';
import { stemFromWav } from '#lib/worker/stem-from-wav.ts';
import { readStemPcm } from '#lib/worker/stem-reader.ts';
import { StemWriter } from '#lib/worker/stem-writer.ts';
import { masterMix } from './master.ts';
import { planMix, type MixRequest } from './mix-plan.ts';

/** A sound file as a stem, and how present it is over time. */
export interface StoredSound {
  stem: Stem;
  activity: number[];
  stepSeconds: number;
}

const api = {
  async store(wav: Blob): Promise<StoredSound> {
    const foreground = new ForegroundMeter(SAMPLE_RATE);
    const stem = await stemFromWav(wav, (left, right) => foreground.add(left, right));
    return { stem, activity: foreground.activity(), stepSeconds: ACTIVITY_STEP_SECONDS };
  },

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
