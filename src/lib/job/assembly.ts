import type { AssembleOutput, Clip } from './entries/assemble.ts';
import type { SoundtrackOutput } from './entries/soundtrack.ts';
import type { EntryOf } from './entry.ts';
import { entriesOf, type Job } from './job.ts';

/** The stems of a soundtrack without any clips. */
export function withoutClips({ music, effects, durationSeconds }: SoundtrackOutput): AssembleOutput {
  return {
    music: music?.stem ?? null,
    effects: effects?.stem ?? null,
    voice: null,
    voiceActivity: [],
    stepSeconds: 0.1,
    durationSeconds,
  };
}

/** The clips that belong to the user and not to a take: all but the parts made anew. */
export function ownSounds(clips: readonly Clip[]): Clip[] {
  return clips.filter(({ replaces }) => !replaces);
}

/** The latest assembly of a take. */
export function latestAssembly(
  job: Job,
  take: Pick<EntryOf<'soundtrack'>, 'key'>,
): EntryOf<'assemble'> | undefined {
  return entriesOf(job, 'assemble').findLast(({ inputs }) => inputs['soundtrack'] === take.key);
}

/** The sounds of the user among `clips`, with the parts made anew of the latest assembly of a take. */
export function clipsOfTake(
  job: Job,
  take: Pick<EntryOf<'soundtrack'>, 'key'>,
  clips: readonly Clip[],
): Clip[] {
  const made = latestAssembly(job, take)?.options.clips ?? [];
  return [...ownSounds(clips), ...made.filter(({ replaces }) => replaces)];
}

/**
 * The stems of a take as they are played: those of its assembly, of an older assembly while that is being made, or of the
 * soundtrack itself.
 * @param valid The assembly for the present options, if there is one; it may be that of another take.
 */
export function playedStems(
  job: Job,
  take: EntryOf<'soundtrack'>,
  valid: EntryOf<'assemble'> | undefined,
): AssembleOutput {
  const isOfTake = valid?.inputs['soundtrack'] === take.key;
  const assembly = isOfTake ? valid : latestAssembly(job, take);
  return assembly?.output ?? withoutClips(take.output);
}
