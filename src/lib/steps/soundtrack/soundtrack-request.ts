import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { LengthOutput } from '#lib/job/entries/length.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { ScenesOutput } from '#lib/job/entries/scenes.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { EntryOf, OptionsOf } from '#lib/job/entry.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import { seedOfSource } from '#lib/job/seed.ts';
import { followObjects, type Followed } from './follow-objects.ts';
import { requestScenes } from './request-scenes.ts';
import { viewOf } from './views.ts';

/** The inputs of the step. */
export interface SoundtrackInputs {
  source: Pick<SourceOutput, 'md5'>;
  length: LengthOutput;
  scenes: ScenesOutput;
  /** With its options, which hold what the user wrote. */
  prompt: Pick<EntryOf<'prompt'>, 'options' | 'output'>;
  features: FeaturesOutput;
  objects: ObjectsOutput;
}

/**
 * The request to the generators; its times count from the beginning of the film, and none lies outside of it.
 * @param followed The objects, and the camera, as they move in what was watched; by default as the frames alone show them.
 */
export function soundtrackRequest(
  { source, length, scenes, prompt, features, objects }: SoundtrackInputs,
  options: OptionsOf<'soundtrack'>,
  followed: Followed = followObjects(null, objects, features.cuts, length),
): SoundtrackRequest {
  const { startSeconds, durationSeconds } = length;
  const inFilm = (atSeconds: number) => atSeconds - startSeconds;
  const isInside = ({ atSeconds }: { atSeconds: number }) => atSeconds >= 0 && atSeconds < durationSeconds;
  return {
    musicPrompt: prompt.output.used.music,
    effectsPrompt: prompt.output.used.effects,
    negativePrompt: prompt.output.used.negative,
    ownWords: ownWords(prompt, objects.added),
    mood: prompt.output.unmovedMood ?? prompt.output.mood,
    isMoodChosen: prompt.options.mood !== null,
    ...followed,
    curve: features.frames
      .map(({ atSeconds, motion, brightness }) => ({ atSeconds: inFilm(atSeconds), motion, brightness }))
      .filter(isInside),
    cuts: features.cuts
      .map(({ atSeconds, weight }) => ({ atSeconds: inFilm(atSeconds), weight }))
      .filter(isInside),
    views: features.frames
      .map((frame) => ({
        atSeconds: inFilm(frame.atSeconds),
        ...viewOf(frame, features.outdoor, objects.removed),
      }))
      .filter(isInside),
    looks: objects.frames
      .map(({ atSeconds }) => ({ atSeconds: inFilm(atSeconds) }))
      .filter(isInside)
      .map(({ atSeconds }) => atSeconds)
      .sort((a, b) => a - b),
    scenes: requestScenes({
      ...{ startSeconds, scenes, features, objects },
      prompt: prompt.output,
      seeds: options.scenes,
    }),
    onsets: scenes.onsets.filter(isInside),
    durationSeconds,
    seed: options.seed ?? seedOfSource(source.md5),
    kind: options.kind,
    ...(options.score && { score: options.score }),
  };
}

/**
 * What the user wrote: the description, the added words, and of the edited prompts what differs from the made ones, since
 * those only say what is seen.
 */
function ownWords(
  { options, output }: SoundtrackInputs['prompt'],
  added: readonly string[],
): SoundtrackRequest['ownWords'] {
  const joined = (...texts: (string | null)[]) =>
    texts
      .map((text) => text?.trim())
      .filter(Boolean)
      .join('. ');
  const written = (track: 'music' | 'effects') =>
    options[track] === null ? options.description : withoutClauses(options[track], output.made[track]);
  return { music: joined(written('music')), effects: joined(written('effects'), ...added) };
}

/** The clauses of a text that another one does not have. */
function withoutClauses(text: string, other: string): string {
  const clauses = (of: string) => of.split(/[,.:;!?\n]+/).map((clause) => clause.trim());
  const known = new Set(clauses(other).map((clause) => clause.toLowerCase()));
  return clauses(text)
    .filter((clause) => !known.has(clause.toLowerCase()))
    .join(', ');
}
