import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { LengthOutput } from '#lib/job/entries/length.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import { objectTracks } from './object-tracks.ts';

/** What the step reads. */
export interface SoundtrackInputs {
  length: LengthOutput;
  prompt: PromptOutput;
  features: FeaturesOutput;
  objects: ObjectsOutput;
}

/** What the soundtrack shall be: times count from the film's beginning, and none lies outside the film. */
export function soundtrackRequest(
  { length, prompt, features, objects }: SoundtrackInputs,
  options: OptionsOf<'soundtrack'>,
): SoundtrackRequest {
  const { startSeconds, durationSeconds } = length;
  const onTrack = (atSeconds: number) => atSeconds - startSeconds;
  const isInside = ({ atSeconds }: { atSeconds: number }) => atSeconds >= 0 && atSeconds < durationSeconds;
  return {
    musicPrompt: prompt.used.music,
    effectsPrompt: prompt.used.effects,
    negativePrompt: prompt.used.negative,
    mood: prompt.mood,
    cues: objectTracks(objects, features.cuts, startSeconds, durationSeconds),
    curve: features.frames
      .map(({ atSeconds, motion, brightness }) => ({ atSeconds: onTrack(atSeconds), motion, brightness }))
      .filter(isInside),
    cuts: features.cuts
      .map(({ atSeconds, weight }) => ({ atSeconds: onTrack(atSeconds), weight }))
      .filter(isInside),
    durationSeconds,
    seed: options.seed,
    kind: options.kind,
    ...(options.score && { score: options.score }),
  };
}
