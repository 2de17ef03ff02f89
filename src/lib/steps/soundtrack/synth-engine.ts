import { proxy } from 'comlink';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import type { SoundCatalogue } from '#lib/job/sound-catalogue.ts';
import type { StepContext } from '#lib/job/step.ts';
import type { MusicWish } from '#lib/synth/music/revise-music.ts';
import { WorkerRoom } from '#lib/worker/worker-room.ts';
import type { SoundEngine } from './sound-engine.ts';
import type { SoundtrackApi } from './soundtrack.worker.ts';
import SoundtrackWorker from './soundtrack.worker.ts?worker';

/** One worker each: both stems are rendered at the same time. */
const rooms = {
  music: new WorkerRoom<SoundtrackApi>(SoundtrackWorker),
  effects: new WorkerRoom<SoundtrackApi>(SoundtrackWorker),
};

/** Answers while a rendering is under way, and outlives one that is cancelled. */
const desk = new WorkerRoom<SoundtrackApi>(SoundtrackWorker);

/** The engine on this device: composes and synthesises, without a model and without a network. */
export const synthEngine: SoundEngine = {
  name: 'synth',
  async render(request, context) {
    const score = await rooms.music.call(context.signal, (api) => api.plan(request));
    const stems = await renderScore(score, request.score !== undefined, context);
    return { engine: 'synth', durationSeconds: score.durationSeconds, ...stems, score };
  },
};

/** Renders the stems of a score side by side; null for a part that the score leaves out. */
async function renderScore(
  score: Score,
  isEdited: boolean,
  { signal, onProgress }: StepContext,
): Promise<{ music: Stem | null; effects: Stem | null }> {
  const hasEffects = score.layers.length > 0 || score.events.length > 0;
  const done = { music: score.music ? 0 : 1, effects: hasEffects ? 0 : 1 };
  const render = (part: 'music' | 'effects') =>
    rooms[part].call(signal, (api) =>
      api.render(
        score,
        part,
        isEdited,
        proxy((fraction) => {
          done[part] = fraction;
          onProgress(Math.min(done.music, done.effects));
        }),
      ),
    );
  try {
    const [music, effects] = await Promise.all([
      score.music ? render('music') : null,
      hasEffects ? render('effects') : null,
    ]);
    return { music, effects };
  } catch (error) {
    // One part alone is of no use: the other need not be rendered to its end.
    for (const room of Object.values(rooms)) room.close();
    throw error;
  }
}

/** What the engine on this device would play, without playing it. */
export function planHere(request: SoundtrackRequest, signal: AbortSignal): Promise<Score> {
  return desk.call(signal, (api) => api.plan(request));
}

/** A score with another style, key or tempo of its music. */
export function reviseScore(score: Score, wish: MusicWish, signal: AbortSignal): Promise<Score> {
  return desk.call(signal, (api) => api.revise(score, wish));
}

/** What the engine on this device can play. */
export function soundCatalogue(signal: AbortSignal): Promise<SoundCatalogue> {
  return desk.call(signal, (api) => api.catalogue());
}
