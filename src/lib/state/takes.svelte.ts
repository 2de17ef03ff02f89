import type { EntryOf } from '#lib/job/entry.ts';
import { seedOfTake, takeId, takesOf } from '#lib/job/takes.ts';
import type { Project } from '#lib/projects/project.ts';

/** The takes of the open project. The selected one stays selected while another is being made. */
export class Takes {
  readonly #project: () => Project | null;
  /** Keys of the selected take, and of the one that was selected before. */
  #keys: readonly [now: string | null, before: string | null] = $state.raw([null, null]);

  /** @param project Returns the open project. */
  constructor(project: () => Project | null) {
    this.#project = project;
  }

  /** Oldest first. */
  readonly all: readonly EntryOf<'soundtrack'>[] = $derived.by(() => {
    const project = this.#project();
    return project ? takesOf(project.job, this.#keys[0]) : [];
  });
  /** The selected take; the latest until one is chosen. */
  readonly selected: EntryOf<'soundtrack'> | undefined = $derived(
    this.#find(this.#keys[0]) ?? this.all.at(-1),
  );
  /** Those that the user has not removed, and the selected one. */
  readonly shown: readonly EntryOf<'soundtrack'>[] = $derived.by(() =>
    this.all.filter(
      (take) => take.key === this.selected?.key || !this.#project()?.takeMarks[takeId(take)]?.isRemoved,
    ),
  );
  /** The take that was selected before, if it is still there. */
  readonly previous: EntryOf<'soundtrack'> | undefined = $derived(this.#find(this.#keys[1]));
  /** A seed that no take has. */
  readonly freshSeed: number = $derived(Math.max(0, ...this.all.map(seedOfTake)) + 1);

  /** Selects a take. */
  select(key: string | undefined): void {
    const [now] = this.#keys;
    if (key && key !== now) this.#keys = [key, now];
  }

  /** Another project was opened, or none. */
  forget(): void {
    this.#keys = [null, null];
  }

  #find(key: string | null): EntryOf<'soundtrack'> | undefined {
    return this.all.findLast((take) => take.key === key);
  }
}
