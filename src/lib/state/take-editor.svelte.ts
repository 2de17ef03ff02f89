import type { EntryOf } from '#lib/job/entry.ts';
import { withChanges } from '#lib/pipeline/change-options.ts';
import { withTake } from '#lib/pipeline/resolve.ts';
import { takeId } from '#lib/job/takes.ts';
import { withMark, type TakeMark } from '#lib/projects/take-marks.ts';
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

  /** Selects the take after the selected one, or with -1 the one before; after the last comes the first. */
  async next(by: 1 | -1): Promise<void> {
    const take = this.#beside(by);
    if (take) await this.recall(take);
  }

  /** Names or stars a take; an empty name leaves it to the app. */
  async mark(take: Take, change: TakeMark, does: string): Promise<void> {
    const project = this.#studio.sessions.current?.project;
    if (project)
      await this.#studio.record({ does }, { takeMarks: withMark(project.takeMarks, takeId(take), change) });
  }

  /** Removes a take from the list, and selects the one beside it. Its entries stay, so that it can be brought back. */
  async remove(take: Take): Promise<void> {
    const project = this.#studio.sessions.current?.project;
    const { takes } = this.#studio;
    if (!project) return;
    const other =
      take.key === takes.selected?.key ? this.#beside(take === takes.shown.at(-1) ? -1 : 1) : null;
    const takeMarks = withMark(project.takeMarks, takeId(take), { isRemoved: true });
    const options = other ? withTake(project.options, project.job, other) : project.options;
    await this.#studio.record({ does: 'remove-take' }, { takeMarks, options });
    await this.#studio.complete();
  }

  /** The take so many after the selected one, of those that are shown; undefined when it is the only one. */
  #beside(by: number): Take | undefined {
    const { shown, selected } = this.#studio.takes;
    const at = shown.findIndex(({ key }) => key === selected?.key);
    return shown.length > 1 ? shown[(at + by + shown.length) % shown.length] : undefined;
  }

  /** Switches between the last two selected takes. */
  async flip(): Promise<void> {
    const { previous } = this.#studio.takes;
    if (previous) await this.recall(previous);
  }
}
