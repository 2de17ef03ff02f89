import type { Entry } from '#lib/job/entry.ts';
import { append } from '#lib/job/job.ts';
import type { Options } from '#lib/job/options.ts';
import { NO_EDITS, type EditHistory, type Edited } from '#lib/projects/edit-history.ts';
import { applyChange, changeBetween, isEmptyChange } from '#lib/projects/project-change.ts';
import { diffMarks, patchMarks } from '#lib/projects/take-marks.ts';
import type { Project } from '#lib/projects/project.ts';
import type { Checkout, Mark, ProjectStore, Saved } from '#lib/projects/project-store.ts';
import { forgetUnsaved, noteUnsaved, takeUnsaved } from '#lib/projects/unsaved-changes.ts';
import { toFailure, type Failure } from './failure.ts';

/** Fields that all tabs of a project share. */
const SHARED = ['title', 'poster', 'agreed', 'markers'] as const;

/** Whether everything is saved, or why not. */
export type Saving = 'saved' | 'saving' | Failure;

/** Options are saved when they have not changed for this long. */
const REST_MILLISECONDS = 400;
/** Delay before the first retry of a failed save; it doubles up to the last one. */
const FIRST_RETRY_MILLISECONDS = 1000;
const LAST_RETRY_MILLISECONDS = 30_000;

/**
 * An open project and its storage. New entries are saved at once, options after a pause. What could not be saved stays
 * in memory, is reported in `saving`, and is retried. Other tabs may have the same project open: their entries, title,
 * poster and marks of takes are merged in, while the options and the history of edits stay those of this tab until the
 * project is opened again.
 */
export class ProjectSession {
  /** The project as it is in this tab. */
  project: Project = $state.raw()!;
  saving: Saving = $state.raw('saved');
  /** The edits of this tab, and those that were stored last before it was opened. */
  history: EditHistory = $state.raw(NO_EDITS);

  readonly #store: ProjectStore;
  readonly #stop = new AbortController();
  /** The project as it was last saved by this tab; null before the first time. */
  #saved: Project | null;
  #savedHistory = NO_EDITS;
  #mark: Mark;
  #stored: Options;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** The running save. */
  #running: Promise<void> | null = null;

  private constructor(store: ProjectStore, project: Project, saved: Project | null, mark: Mark) {
    this.#store = store;
    this.project = project;
    this.#saved = saved;
    this.#mark = mark;
    this.#stored = project.options;
    const { signal } = this.#stop;
    addEventListener('pagehide', () => this.#onPageHide(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.flush(), { signal });
    signal.addEventListener(
      'abort',
      store.onChange((id) => {
        if (id === this.project.id) void this.#pull();
      }),
    );
  }

  /** Starts a new project; it is stored with its first entry. */
  static begin(store: ProjectStore, project: Project): ProjectSession {
    return new ProjectSession(store, project, null, 0);
  }

  /** Continues a stored project, with the changes that a closed page could not save. */
  static resume(store: ProjectStore, { project, mark, history }: Checkout): ProjectSession {
    const changes = takeUnsaved(project.id);
    const now = changes.reduce(
      (one, change) => ({
        ...applyChange(one, change),
        job: change.entries.reduce(append, one.job),
      }),
      project,
    );
    const session = new ProjectSession(store, now, project, mark);
    session.#savedHistory = history;
    session.history = changes.findLast((change) => change.history)?.history ?? history;
    if (changes.length > 0) session.flush();
    return session;
  }

  /** Adds an entry and saves it at once. */
  append(entry: Entry): void {
    this.project = { ...this.project, job: append(this.project.job, entry) };
    this.flush();
  }

  /** Changes fields of the project and saves them at once. */
  amend(change: Partial<Pick<Project, 'title' | 'poster' | 'remote' | 'agreed'>>): void {
    this.project = { ...this.project, ...change };
    this.flush();
  }

  /** Changes the options; they are saved after a pause. */
  setOptions(options: Options): void {
    this.edit({ options }, this.history);
  }

  /** Changes what edits change, with the history after it. It is saved after a pause. */
  edit(change: Partial<Edited>, history: EditHistory): void {
    this.project = { ...this.project, ...change };
    this.history = history;
    if (this.#isEmpty) return;
    if (this.saving === 'saved') this.saving = 'saving';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), REST_MILLISECONDS);
  }

  /** Saves everything now. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#isEmpty || this.#running) return;
    this.#running = this.#save().finally(() => {
      this.#running = null;
      // A change may have come in when the last save was ending.
      if (this.saving === 'saved' && !isEmptyChange(this.#change)) this.flush();
    });
  }

  /** Saves everything; settles when that has succeeded or failed (see `saving`). */
  async settle(): Promise<void> {
    this.flush();
    await this.#running;
  }

  /** Settles when everything is saved, after any number of failures. */
  async whenSaved(): Promise<void> {
    await this.settle();
    while (this.saving !== 'saved') {
      await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY_MILLISECONDS));
      await this.#running;
    }
  }

  /** Does something with the stored state that no other tab may change meanwhile, and saves the result. */
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

  /** Stops listening. Called when everything is saved, or discarded. */
  [Symbol.dispose](): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  /** Whether the project has nothing worth saving yet. */
  get #isEmpty(): boolean {
    return this.project.job.entries.length === 0;
  }

  /** What this tab has changed since the last save. */
  get #change() {
    const { project, history } = this;
    const saved = this.#saved ?? { ...project, job: { ...project.job, entries: [] } };
    return {
      ...changeBetween(saved, project),
      ...(history !== this.#savedHistory && { history }),
    };
  }

  async #save(): Promise<void> {
    while (this.#saved === null || !isEmptyChange(this.#change)) {
      // A failure stays visible until it is over.
      if (typeof this.saving === 'string') this.saving = 'saving';
      const { project, history } = this;
      try {
        this.#take(await this.#store.save(project, this.#change, this.#mark), project);
        this.#savedHistory = history;
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

  /** Merges what other tabs have added with the changes of this tab since. */
  #take({ head, added, mark }: Saved, saved: Project): void {
    const { updatedAt, deletedAt } = head;
    const merge = (one: Project): Project => ({
      ...one,
      ...{ updatedAt, deletedAt },
      ...Object.fromEntries(
        SHARED.filter((field) => one[field] === saved[field]).map((field) => [field, head[field]]),
      ),
      takeMarks: patchMarks(head.takeMarks, diffMarks(saved.takeMarks, one.takeMarks)),
      job: added.reduce(append, one.job),
    });
    this.#mark = mark;
    this.#stored = head.options;
    this.project = merge(this.project);
    this.#saved = merge(saved);
  }

  /** Merges what other tabs have stored. On an error that happens with the next save. */
  async #pull(): Promise<void> {
    await this.#running;
    if (!this.#saved) return;
    const pulled = await this.#store.pull(this.project.id, this.#mark).catch(() => undefined);
    if (pulled && !this.#stop.signal.aborted) this.#take(pulled, this.#saved);
  }

  #onPageHide(): void {
    this.flush();
    const change = this.#change;
    if (!this.#isEmpty && !isEmptyChange(change)) noteUnsaved(this.project.id, change);
  }
}
