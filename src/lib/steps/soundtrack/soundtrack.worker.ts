import { expose } from 'comlink';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import { planScore } from '#lib/synth/plan.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';
import { writeRendered } from './write-rendered.ts';

const api = {
  plan: (request: SoundtrackRequest): Score => planScore(request),

  render: (
    score: Score,
    part: 'music' | 'effects',
    isEdited: boolean,
    onProgress: (fraction: number) => void,
  ): Promise<Stem> => writeRendered(score, part, isEdited, everyPercent(onProgress)),
};

export type SoundtrackApi = typeof api;
expose(api);
