import type { Entry } from '#lib/job/entry.ts';
import { append } from '#lib/job/job.ts';
import type { Options } from '#lib/job/options.ts';
import { applyChange, changeBetween, isEmptyChange } from '#lib/projects/project-change.ts';
import type { Project } from '#lib/projects/project.ts';
import type { Checkout, Mark, ProjectStore, Saved } from '#lib/projects/project-store.ts';
import { forgetUnsaved, noteUnsaved, takeUnsaved } from '#lib/projects/unsaved-changes.ts';
import { toFailure, type Failure } from './failure.ts';

/** Fields that all tabs of a project have in common. */
const SHARED = ['title', 'poster', 'agreed'] as const;

/** How the work stands: kept, being kept, or not kept for the reason that is told. */
export type Saving = 'saved' | 'saving' | Failure;

/** Options are written when nobody has changed them for so long. */
const REST_MILLISECONDS = 400;
/** After a failure it is tried again by itself, each time after twice as long, at most so long. */
const FIRST_RETRY_MILLISECONDS = 1000;
const LAST_RETRY_MILLISECONDS = 30_000;

/**
 * An open project and its way into storage. What was made is written at once, what is being changed after a rest; what
 * could not be written stays here, is told in `saving`, and is tried again. Other tabs may have the same project open:
 * their entries, title and picture come in, while the options stay those of this tab until the project is opened again.
 */
export class ProjectSession {
  /** The project as it is in this tab. */
  project: Project = $state.raw()!;
  saving: Saving = $state.raw('saved');

  readonly #store: ProjectStore;
  readonly #stop = new AbortController();
  /** The project as it was in this tab when it was saved last; null before the first time. */
  #saved: Project | null;
  #mark: Mark;
  #stored: Options;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** The save that is under way. */
  #running: Promise<void> | null = null;

  private constructor(store: ProjectStore, project: Project, saved: Project | null, mark: Mark) {
    this.#store = store;
    this.project = project;
    this.#saved = saved;
    this.#mark = mark;
    this.#stored = project.options;
    const { signal } = this.#stop;
    addEventListener('pagehide', () => this.#leave(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.flush(), { signal });
    signal.addEventListener(
      'abort',
      store.onChange((id) => {
        if (id === this.project.id) void this.#pull();
      }),
    );
  }

  /** Begins a project that was never stored; it is stored with its first entry. */
  static begin(store: ProjectStore, project: Project): ProjectSession {
    return new ProjectSession(store, project, null, 0);
  }

  /** Goes on with a stored project, and with what a page that went away could not store any more. */
  static resume(store: ProjectStore, { project, mark }: Checkout): ProjectSession {
    const changes = takeUnsaved(project.id);
    const now = changes.reduce(
      (one, change) => ({
        ...applyChange(one, change),
        job: change.entries.reduce(append, one.job),
      }),
      project,
    );
    const session = new ProjectSession(store, now, project, mark);
    if (changes.length > 0) session.flush();
    return session;
  }

  /** Adds an entry and keeps it at once. */
  append(entry: Entry): void {
    this.project = { ...this.project, job: append(this.project.job, entry) };
    this.flush();
  }

  /** Changes fields of the project and keeps them at once. */
  amend(change: Partial<Pick<Project, 'title' | 'poster' | 'remote' | 'agreed'>>): void {
    this.project = { ...this.project, ...change };
    this.flush();
  }

  /** Changes the options; they are kept after a rest. */
  setOptions(options: Options): void {
    this.project = { ...this.project, options };
    if (this.#isUnborn) return;
    if (this.saving === 'saved') this.saving = 'saving';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), REST_MILLISECONDS);
  }

  /** Writes what is not written yet, now. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#isUnborn || this.#running) return;
    this.#running = this.#save().finally(() => {
      this.#running = null;
      // What came in the very moment in which the last save ended.
      if (this.saving === 'saved' && !isEmptyChange(this.#change)) this.flush();
    });
  }

  /** Writes what is not written yet; settles when that is done or was refused (see `saving`). */
  async settle(): Promise<void> {
    this.flush();
    await this.#running;
  }

  /** Settles when everything is saved, however often that is refused before. */
  async whenSaved(): Promise<void> {
    await this.settle();
    while (this.saving !== 'saved') {
      await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY_MILLISECONDS));
      await this.#running;
    }
  }

  /** Does something alone among all tabs of this project, on what they have stored, and stores what came of it. */
  async exclusively(work: () => void): Promise<void> {
    await navigator.locks.request(`immersivaudio-project-${this.project.id}`, async () => {
      await this.#pull();
      work();
      await this.settle();
    });
  }

  /** The options that were stored last, by any tab. */
  get storedOptions(): Options {
    return this.#stored;
  }

  /** Listens to nothing any more. Called when all is saved, or when nobody wants it. */
  [Symbol.dispose](): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  /** Whether there is nothing yet that would be worth keeping. */
  get #isUnborn(): boolean {
    return this.project.job.entries.length === 0;
  }

  /** What this tab did since it saved last. */
  get #change() {
    return changeBetween(
      this.#saved ?? { ...this.project, job: { ...this.project.job, entries: [] } },
      this.project,
    );
  }

  async #save(): Promise<void> {
    while (this.#saved === null || !isEmptyChange(this.#change)) {
      // A failure stays in sight until it is over.
      if (typeof this.saving === 'string') this.saving = 'saving';
      const { project } = this;
      try {
        this.#take(await this.#store.save(project, this.#change, this.#mark), project);
      } catch (error) {
        this.saving = toFailure(error);
        const wait = FIRST_RETRY_MILLISECONDS * 2 ** this.#failures++;
        this.#timer = setTimeout(() => this.flush(), Math.min(LAST_RETRY_MILLISECONDS, wait));
        return;
      }
    }
    this.#failures = 0;
    this.saving = 'saved';
    forgetUnsaved(this.project.id);
  }

  /** Takes over what other tabs had added, beside what this one has become meanwhile. */
  #take({ head, added, mark }: Saved, saved: Project): void {
    const { updatedAt, deletedAt } = head;
    const merge = (one: Project): Project => ({
      ...one,
      ...{ updatedAt, deletedAt },
      ...Object.fromEntries(
        SHARED.filter((field) => one[field] === saved[field]).map((field) => [field, head[field]]),
      ),
      job: added.reduce(append, one.job),
    });
    this.#mark = mark;
    this.#stored = head.options;
    this.project = merge(this.project);
    this.#saved = merge(saved);
  }

  /** Takes in what other tabs have stored. What can't be read now comes with the next save. */
  async #pull(): Promise<void> {
    await this.#running;
    if (!this.#saved) return;
    const pulled = await this.#store.pull(this.project.id, this.#mark).catch(() => undefined);
    if (pulled && !this.#stop.signal.aborted) this.#take(pulled, this.#saved);
  }

  #leave(): void {
    this.flush();
    const change = this.#change;
    if (!this.#isUnborn && !isEmptyChange(change)) noteUnsaved(this.project.id, change);
  }
}
