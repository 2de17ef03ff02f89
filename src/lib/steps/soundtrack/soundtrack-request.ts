import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { LengthOutput } from '#lib/job/entries/length.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import { objectTracks } from './object-tracks.ts';

/** The inputs of the step. */
export interface SoundtrackInputs {
  length: LengthOutput;
  prompt: PromptOutput;
  features: FeaturesOutput;
  objects: ObjectsOutput;
}

/** The request to the generators; its times count from the beginning of the film, and none lies outside of it. */
export function soundtrackRequest(
  { length, prompt, features, objects }: SoundtrackInputs,
  options: OptionsOf<'soundtrack'>,
): SoundtrackRequest {
  const { startSeconds, durationSeconds } = length;
  const inFilm = (atSeconds: number) => atSeconds - startSeconds;
  const isInside = ({ atSeconds }: { atSeconds: number }) => atSeconds >= 0 && atSeconds < durationSeconds;
  return {
    musicPrompt: prompt.used.music,
    effectsPrompt: prompt.used.effects,
    negativePrompt: prompt.used.negative,
    mood: prompt.mood,
    cues: objectTracks(objects, features.cuts, startSeconds, durationSeconds),
    curve: features.frames
      .map(({ atSeconds, motion, brightness }) => ({ atSeconds: inFilm(atSeconds), motion, brightness }))
      .filter(isInside),
    cuts: features.cuts
      .map(({ atSeconds, weight }) => ({ atSeconds: inFilm(atSeconds), weight }))
      .filter(isInside),
    durationSeconds,
    seed: options.seed,
    kind: options.kind,
    ...(options.score && { score: options.score }),
  };
}
