import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { VisualOutput } from '#lib/job/entries/visual.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import { cuesOf } from './cues.ts';

/** What the step reads. */
export interface SoundtrackInputs {
  source: SourceOutput;
  prompt: PromptOutput;
  visual: VisualOutput;
  objects: ObjectsOutput;
}

/** What a sound engine is asked for: times count from the first picture, and none lies outside the clip. */
export function soundtrackRequest(
  { source, prompt, visual, objects }: SoundtrackInputs,
  options: OptionsOf<'soundtrack'>,
): SoundtrackRequest {
  const durationSeconds = source.durationSeconds ?? options.pictureSeconds;
  const onTrack = (atSeconds: number) => atSeconds - source.startSeconds;
  const isInside = ({ atSeconds }: { atSeconds: number }) => atSeconds >= 0 && atSeconds < durationSeconds;
  return {
    musicPrompt: prompt.used.music,
    effectsPrompt: prompt.used.effects,
    negativePrompt: prompt.used.negative,
    mood: prompt.mood,
    cues: cuesOf(objects, visual.cuts, source.startSeconds, durationSeconds),
    curve: visual.looks
      .map(({ atSeconds, motion, brightness }) => ({ atSeconds: onTrack(atSeconds), motion, brightness }))
      .filter(isInside),
    cuts: visual.cuts
      .map(({ atSeconds, weight }) => ({ atSeconds: onTrack(atSeconds), weight }))
      .filter(isInside),
    durationSeconds,
    seed: options.seed,
    kind: options.kind,
    ...(options.score && { score: options.score }),
  };
}
