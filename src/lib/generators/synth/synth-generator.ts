import { proxy } from 'comlink';
import { deviceMaker } from '#lib/job/maker.ts';
import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import type { Suggestion } from '#lib/job/suggestion.ts';
import type { SoundCatalogue } from '#lib/job/sound-catalogue.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';
import type { MusicRevision } from '#lib/synth/music/revise-music.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { Generator, SynthRequest } from '../generator.ts';
import type { SynthApi } from './synth.worker.ts';
import SynthWorker from './synth.worker.ts?worker';

/** One worker each, so that both tracks are rendered at the same time. */
const renderers = {
  music: new WorkerClient<SynthApi>(SynthWorker),
  effects: new WorkerClient<SynthApi>(SynthWorker),
};

/** Answers while a rendering is running, and survives its cancellation. */
const planner = new WorkerClient<SynthApi>(SynthWorker);

/** Aborted with each sound that is not listened to any more. */
const sampler = new WorkerClient<SynthApi>(SynthWorker);

/** Composes and synthesises on this device, without a model and without a network. */
export const synthGenerator: Generator<SynthRequest> = {
  name: 'synth',
  can: ['music', 'effects'],
  limits: { minSeconds: 0.02, maxSeconds: 7200 },
  isAvailable: () => true,
  async make({ track, score, isEdited }, { signal, onProgress }) {
    const hasSound = track === 'music' ? score.music !== null : score.layers.length + score.events.length > 0;
    if (!hasSound) return null;
    const stem = await renderers[track].call(signal, (api) =>
      api.render(score, track, isEdited, proxy(onProgress)),
    );
    return { stem, maker: deviceMaker('synth'), fit: 'whole', generatedSeconds: score.durationSeconds };
  },
};

/** The score that the synthesiser would play for a request. */
export function planScore(request: SoundtrackRequest, signal: AbortSignal): Promise<Score> {
  return planner.call(signal, (api) => api.plan(request));
}

/** What could be added to the effects of a score. */
export function suggestEffects(
  request: SoundtrackRequest,
  score: Score,
  signal: AbortSignal,
): Promise<Suggestion[]> {
  return planner.call(signal, (api) => api.suggest(request, score));
}

/** A score whose music has another style, key or tempo. */
export function reviseScore(score: Score, revision: MusicRevision, signal: AbortSignal): Promise<Score> {
  return planner.call(signal, (api) => api.revise(score, revision));
}

/** The effects of a short score, to listen to: 48 kHz, about −16 LUFS. */
export function renderSample(score: Score, signal: AbortSignal): Promise<Stereo> {
  return sampler.call(signal, (api) => api.sample(score));
}

/** Everything that the synthesiser can play. */
export function soundCatalogue(signal: AbortSignal): Promise<SoundCatalogue> {
  return planner.call(signal, (api) => api.catalogue());
}
