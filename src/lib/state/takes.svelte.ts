import type { EntryOf } from '#lib/job/entry.ts';
import { takesOf } from '#lib/job/takes.ts';
import type { Project } from '#lib/projects/project.ts';

/** The takes of the open project, and which of them is heard: that one stays while another is being made. */
export class Takes {
  readonly #project: () => Project | null;
  /** Keys of the take that is heard, and of the one that was heard before it. */
  #keys: readonly [now: string | null, before: string | null] = $state.raw([null, null]);

  /** @param project Gives the open project. */
  constructor(project: () => Project | null) {
    this.#project = project;
  }

  /** Oldest first. */
  readonly all: readonly EntryOf<'soundtrack'>[] = $derived.by(() => {
    const project = this.#project();
    return project ? takesOf(project.job) : [];
  });
  /** The take that is heard; the latest as long as none was chosen. */
  readonly heard: EntryOf<'soundtrack'> | undefined = $derived(this.#find(this.#keys[0]) ?? this.all.at(-1));
  /** The take that was heard before this one, if it is still there. */
  readonly heardBefore: EntryOf<'soundtrack'> | undefined = $derived(this.#find(this.#keys[1]));
  /** A seed that no take was made with. */
  readonly freshSeed: number = $derived(Math.max(0, ...this.all.map(({ options }) => options.seed)) + 1);

  /** Notes which take is heard from now on. */
  hear(key: string | undefined): void {
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
