import { expose, transfer } from 'comlink';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import type { Suggestion } from '#lib/job/suggestion.ts';
import type { SoundCatalogue } from '#lib/job/sound-catalogue.ts';
import { catalogue } from '#lib/synth/catalogue.ts';
import { reviseMusic, type MusicRevision } from '#lib/synth/music/revise-music.ts';
import { suggestEffects } from '#lib/synth/effects/suggest-effects.ts';
import { planScore } from '#lib/synth/plan.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';
import { renderSample } from './render-sample.ts';
import { writeRendered } from './write-rendered.ts';

const api = {
  plan: (request: SoundtrackRequest): Score => planScore(request),

  revise: (score: Score, revision: MusicRevision): Score => reviseMusic(score, revision),

  suggest: (request: SoundtrackRequest, score: Score): Suggestion[] => suggestEffects(request, score),

  catalogue: (): SoundCatalogue => catalogue(),

  sample: (score: Score): Stereo => {
    const sound = renderSample(score);
    return transfer(sound, [sound.left.buffer, sound.right.buffer]);
  },

  render: (
    score: Score,
    part: 'music' | 'effects',
    isEdited: boolean,
    onProgress: (fraction: number) => void,
  ): Promise<Stem> => writeRendered(score, part, isEdited, everyPercent(onProgress)),
};

export type SynthApi = typeof api;
expose(api);
