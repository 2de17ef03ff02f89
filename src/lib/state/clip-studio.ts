import type { AssembleOutput, Clip } from '#lib/job/entries/assemble.ts';
import type { EntryOf, OptionsOf } from '#lib/job/entry.ts';
import type { Options } from '#lib/job/options.ts';

/** What those who lay clips onto tracks need of the studio. */
export interface ClipStudio {
  readonly project: { readonly id: string; readonly options: Options } | null;
  readonly takes: { readonly selected: EntryOf<'soundtrack'> | undefined };
  /** What is played now; null before there is a sound. */
  readonly played: AssembleOutput | null;
  /** Changes options as one named step of the history; `run` makes the sound. */
  edit(
    name: { does: string; what?: string },
    changes: { assemble: Partial<OptionsOf<'assemble'>> },
    how: { run: boolean },
  ): Promise<void>;
}

/** The clips of the open project. */
export function clipsOf({ project }: Pick<ClipStudio, 'project'>): readonly Clip[] {
  return project?.options.all.assemble.clips ?? [];
}

/** An id for a new clip. */
export function newClipId(): string {
  return crypto.randomUUID().slice(0, 13);
}
