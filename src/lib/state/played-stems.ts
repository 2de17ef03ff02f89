import { playedStems, withoutClips } from '#lib/job/assembly.ts';
import type { AssembleOutput } from '#lib/job/entries/assemble.ts';
import type { Current } from '#lib/pipeline/resolve.ts';
import type { Project } from '#lib/projects/project.ts';
import type { Draft } from './draft.svelte.ts';
import type { Takes } from './takes.svelte.ts';

/** The part of a studio that says what is played. */
interface Playing {
  readonly project: Project | null;
  readonly takes: Pick<Takes, 'selected'>;
  readonly takeEntries: Current;
  readonly draft: Pick<Draft, 'soundtrack'>;
}

/** The stems that are played: those of the selected take, else of the draft; null before there is one. */
export function playedNow({ project, takes, takeEntries, draft }: Playing): AssembleOutput | null {
  if (project && takes.selected) return playedStems(project.job, takes.selected, takeEntries.assemble);
  return draft.soundtrack && withoutClips(draft.soundtrack.output);
}
