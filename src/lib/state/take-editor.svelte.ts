import type { EntryOf } from '#lib/job/entry.ts';
import { withChanges } from '#lib/pipeline/change-options.ts';
import { withTake } from '#lib/pipeline/resolve.ts';
import type { Edited } from '#lib/projects/edit-history.ts';
import type { EditMode, EditName } from './history.svelte.ts';
import type { ProjectSession } from './project-session.svelte.ts';
import type { Takes } from './takes.svelte.ts';

type Take = EntryOf<'soundtrack'>;

/** What the editor needs of the studio. */
interface EditedStudio {
  readonly sessions: { readonly current: ProjectSession | null };
  readonly takes: Takes;
  record(name: EditName, change: Partial<Edited>, mode?: EditMode): Promise<void>;
  complete(): Promise<void>;
  run(): Promise<boolean>;
}

/** What the user does with takes. */
export class TakeEditor {
  readonly #studio: EditedStudio;

  constructor(studio: EditedStudio) {
    this.#studio = studio;
  }

  /** Makes a new take with a seed that no tab has used. */
  async another(): Promise<void> {
    const { takes, sessions } = this.#studio;
    const session = sessions.current;
    await session?.exclusively(() => {
      const seed = Math.max(takes.freshSeed, (session.storedOptions.all.soundtrack.seed ?? 0) + 1);
      const options = withChanges(session.project.options, { soundtrack: { seed } });
      void this.#studio.record({ does: 'another-take' }, { options }, { run: true });
    });
    await this.#studio.run();
  }

  /** Selects a take, with the options that made it. Choosing one after the other is one step of the history. */
  async recall(take: Take, name: EditName = { does: 'choose-take' }): Promise<void> {
    const project = this.#studio.sessions.current?.project;
    if (!project) return;
    const options = withTake(project.options, project.job, take);
    await this.#studio.record(name, { options }, { merge: name.does, mergeWithin: Infinity });
    await this.#studio.complete();
  }

  /** Switches between the last two selected takes. */
  async flip(): Promise<void> {
    const { previous } = this.#studio.takes;
    if (previous) await this.recall(previous);
  }
}
