import type { Entry, StepName } from '#lib/job/entry.ts';
import { defaultOptions, withOptions, type Options, type Overrides } from '#lib/job/options.ts';
import type { StepResult } from '#lib/job/step.ts';
import { openSource } from '#lib/pipeline/open-source.ts';
import { withChanges } from '#lib/pipeline/change-options.ts';
import { entryOfResult, runPipeline, type PipelineEvents } from '#lib/pipeline/pipeline.ts';
import type { Current } from '#lib/pipeline/resolve.ts';
import { AUTOMATIC, STEPS, stepsBehind } from '#lib/pipeline/steps.ts';
import type { Edited } from '#lib/projects/edit-history.ts';
import { createProject, type Project } from '#lib/projects/project.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { bestFrameBlob } from './best-frame-picture.ts';
import { leftOut, toFailure, type Failure } from './failure.ts';
import { playedNow } from './played-stems.ts';
import { CleanUp } from './clean-up.ts';
import { ValidEntries } from './valid-entries.svelte.ts';
import { Draft } from './draft.svelte.ts';
import { History, type EditMode, type EditName } from './history.svelte.ts';
import type { ProjectSession } from './project-session.svelte.ts';
import { ProjectSessions } from './project-sessions.svelte.ts';
import type { OptionsForSource } from './remix.svelte.ts';
import { Run } from './run.svelte.ts';
import { SceneEditor } from './scene-editor.svelte.ts';
import { ScoreEditor } from './score-editor.svelte.ts';
import { SourceFile } from './source-file.svelte.ts';
import { TakeEditor } from './take-editor.svelte.ts';
import { Takes } from './takes.svelte.ts';
import { TimelineEditor } from './timeline-editor.svelte.ts';
import { Update } from './update.svelte.ts';

export type { Project } from '#lib/projects/project.ts';

/**
 * The open project and everything that can be done with it. Components read its fields and call its methods. Every
 * change is saved by itself; nothing is lost when a run fails or is cancelled.
 */
export class Studio {
  readonly store = new ProjectStore();
  readonly cleanUp = new CleanUp(this.store);
  readonly sessions = new ProjectSessions(this.store);
  readonly takes = new Takes(() => this.project);
  /** What can be played before the first take is there. */
  readonly draft = new Draft();
  readonly #run = new Run();
  readonly #valid = new ValidEntries(this.takes);
  readonly #update = new Update(() => this.#makeMissing());
  readonly sourceFile = new SourceFile(() => this.project, this.#run);
  /** What the user has done to the project, with undo and redo. */
  readonly history = new History(
    () => this.sessions.current,
    (remakes) => this.#follow(remakes),
  );
  readonly scoreEditor = new ScoreEditor(this);
  readonly sceneEditor = new SceneEditor(this);
  readonly timelineEditor = new TimelineEditor(this);
  readonly takeEditor = new TakeEditor(this);

  /** The open project; null on the start screen. */
  readonly project: Project | null = $derived.by(() => this.sessions.current?.project ?? null);
  /** Whether the selected take was made from the present options. */
  readonly isUpToDate: boolean = $derived(this.#valid.current.soundtrack !== undefined);
  /** Whether all sound for the present options is made, with the user's clips. */
  readonly #isMade: boolean = $derived.by(() => this.isUpToDate && this.#valid.areClipsMade(this.project!));
  readonly #isLate: boolean = $derived(!this.#isMade && !this.#update.isTyping);
  /** Whether the soundtrack is being made, or is about to be. */
  readonly isUpdating: boolean = $derived(this.isRunning || this.#update.isDue);
  /** Whether the selected take does not follow the present options (yet). */
  readonly isOutdated: boolean = $derived(this.takes.selected !== undefined && this.#isLate);
  readonly isStale: boolean = $derived(this.project !== null && this.#isLate && !this.isUpdating);

  /** The entries that are valid for the present options. A step that is missing here has to run. */
  get current(): Current {
    return this.#valid.current;
  }

  /** The entries that are valid for the selected take: what is saved and shared. */
  get takeEntries(): Current {
    return this.#valid.takeEntries;
  }

  /** The stems that are played; null before there are any. */
  readonly played = $derived.by(() => playedNow(this));

  get steps(): Run['steps'] {
    return this.#run.steps;
  }

  /** The last failure; null when all is well. */
  get failure(): Failure | null {
    return this.#run.failure;
  }

  /** The last step of the present run, if any. */
  readonly goal: StepName | null = $derived.by(() => this.#run.goal);

  get isRunning(): boolean {
    return this.#run.isRunning;
  }

  /** Whether a server makes sound for the present options: it is asked only when the user says so. */
  get usesServer(): boolean {
    const { music, effects } = this.project?.options.all.soundtrack ?? {};
    return music?.generator === 'server' || effects?.generator === 'server';
  }

  /** Makes a project of a file and its sound; with one that can't be opened the project before is open again. */
  async open(
    file: File,
    options = defaultOptions(),
    forSource: OptionsForSource = () => ({}),
  ): Promise<void> {
    const before = this.project?.id;
    const title = file.name.replace(/\.[^.]+$/, '') || file.name;
    const session = this.#reset(this.sessions.begin(createProject(title, options)));
    const isOpen = await this.#run.start('source', async (signal) => {
      // Clean-up must not delete the new blobs, which no project refers to yet.
      await this.cleanUp.done;
      const entry = await openSource(file, {
        signal,
        onProgress: (fraction) => this.#run.note('source', { fraction }),
      });
      this.#run.note('source', { is: 'done' });
      session.setOptions(withOptions(session.project.options, 'soundtrack', forSource(entry.output)));
      session.append(entry);
      await this.#valid.resolve(this.project);
    });
    if (this.sessions.current !== session) return;
    if (isOpen) await this.run();
    else {
      const { failure } = this;
      this.close();
      if (before) await this.openProject(before);
      this.#run.failure = failure;
    }
  }

  /** Opens a stored project and completes it. */
  async openProject(id: string): Promise<void> {
    this.cancel();
    try {
      const checkout = await this.store.load(id);
      if (!checkout) return;
      this.#reset(this.sessions.resume(checkout));
      if (checkout.unreadable > 0) this.#run.failure = leftOut(checkout.unreadable);
    } catch (error) {
      this.#run.failure = toFailure(error);
      return;
    }
    await this.#valid.resolve(this.project);
    if (this.project?.id === id && (await this.sourceFile.check())) await this.complete();
  }

  /** Closes the project and shows the start screen. */
  close(): void {
    this.sessions.close();
    this.#reset(null);
  }

  /**
   * Changes options as one step of the history, by step, such as `{ mix: { balance: 0.2 } }`. Settles when the entries
   * that are valid now are known; the soundtrack follows after a pause.
   */
  async edit(name: EditName, changes: Overrides, mode: EditMode = {}): Promise<void> {
    const { project } = this;
    if (project) await this.record(name, { options: withChanges(project.options, changes) }, mode);
  }

  /** Changes what edits change, as one step of the history. */
  async record(name: EditName, change: Partial<Edited>, mode: EditMode = {}): Promise<void> {
    this.history.record(name, change, mode);
    this.#update.isTyping = mode.run === 'when-applied';
    await this.#follow(mode.run === true);
  }

  /** What is typed takes effect: its field was left, or the user says so. */
  async applyTyped(): Promise<void> {
    if (this.#update.isTyping) await this.#follow(true);
  }

  /** Makes what is missing of the present take: it was never made, or the browser has cleared its sound away. */
  async complete(): Promise<void> {
    if (!(await this.#valid.isComplete(this.project!))) await this.run();
  }

  /**
   * Runs every step up to `until` that has to run, and cancels the run before. What is made from a take, such as the
   * film, is made from the selected one, whatever has changed since.
   */
  async run(until: StepName = 'soundtrack'): Promise<boolean> {
    this.#update.forget();
    const { current: session } = this.sessions;
    if (!session) return false;
    const isForTake = until !== 'soundtrack' && stepsBehind([until]).includes('soundtrack');
    // A server is asked only when the user says so; this device makes what is missing of its takes.
    if (!isForTake && !this.current.soundtrack) await this.#useSynth();
    const options = isForTake ? this.#valid.selectedOptions(session.project) : session.project.options;
    const isDone = await this.#run.start(until, async (signal) => {
      const goals = until === 'soundtrack' ? AUTOMATIC : [until];
      // Other tabs, too, must find the new entries by the options that they were made with.
      session.flush();
      const events: PipelineEvents = {
        onProgress: (step, fraction) => {
          if (step === 'soundtrack') this.draft.stop();
          this.#run.note(step, { fraction });
        },
        onText: (step, text) => this.#run.note(step, { text }),
        onEntry: (entry, isNew) => {
          this.#run.note(entry.step, { is: 'done' });
          if (isNew) this.#addNew(session, entry);
          if (this.sessions.current === session) this.#valid.add(entry, isForTake);
          if (entry.step === 'soundtrack') this.draft.forget();
        },
      };
      if (goals === AUTOMATIC) await this.draft.begin(session.project.job, options, signal, events);
      await runPipeline(STEPS, session.project.job, options, goals, signal, events);
    });
    if (this.sessions.current !== session) return isDone;
    // Options may have changed during the run.
    await this.#valid.resolve(this.project);
    if (!isDone && this.failure?.name === 'BlobMissingError') await this.sourceFile.check();
    return isDone;
  }

  /** Cancels the run. Finished steps stay. */
  cancel(): void {
    this.#update.forget();
    this.#run.cancel();
  }

  /** Adds a server's description of the best frame, with the options that it was requested with. */
  async addDescription(id: string, asked: Options, result: StepResult<'description'>): Promise<void> {
    const { current: session } = this.sessions;
    if (session?.project.id !== id) return;
    const description = { describer: 'server' };
    const options = withOptions(asked, 'description', description);
    const entry = await entryOfResult(STEPS, session.project.job, options, 'description', result);
    if (entry) session.append(entry);
    await this.edit({ does: 'describe' }, { prompt: { description: null }, description });
  }

  /** Adds an entry that was made elsewhere, such as a server's take. */
  addEntry(id: string, entry: Entry): void {
    if (this.sessions.current?.project.id === id) this.sessions.current.append(entry);
  }

  /** Changes fields of a project, if it is open. */
  amend(id: string, change: Parameters<ProjectSession['amend']>[0]): void {
    if (this.sessions.current?.project.id === id) this.sessions.current.amend(change);
  }

  /** Stores the source again after the browser has cleared it away, and makes again what went with it. */
  async restoreSource(file: File): Promise<void> {
    if (await this.sourceFile.restore(file)) await this.run();
  }

  /** Dismisses the last failure. */
  dismiss(): void {
    this.#run.failure = null;
  }

  #reset<S extends ProjectSession | null>(session: S): S {
    this.#update.forget();
    this.#run.forget();
    this.draft.forget();
    this.takes.forget();
    this.#valid.forget();
    this.sourceFile.isMissing = false;
    return session;
  }

  async #useSynth(): Promise<void> {
    const here = { generator: 'synth' } as const;
    if (this.usesServer)
      await this.edit({ does: 'make-here' }, { soundtrack: { music: here, effects: here } });
  }

  /** After an edit: finds what is valid now, and makes what is missing if sound is to follow. */
  async #follow(remakes: boolean): Promise<void> {
    if (remakes) {
      // What was asked for before is not wanted any more.
      if (this.goal !== 'film' && this.goal !== 'mix') this.#run.cancel();
      this.#update.schedule();
    }
    const isLatest = await this.#valid.resolve(this.project);
    if (remakes && isLatest && this.#isMade) this.#update.forget();
  }

  /** Makes what is missing for the present options. What a server makes waits until the user asks it. */
  async #makeMissing(): Promise<void> {
    const next = this.isUpToDate ? 'assemble' : this.usesServer ? 'prompt' : 'soundtrack';
    if (!this.#isMade) await this.run(next);
  }

  #addNew(session: ProjectSession, entry: Entry): void {
    session.append(entry);
    if (entry.step === 'best-frame') session.amend({ poster: bestFrameBlob(session.project, entry) });
    // If the browser refuses, it may clear the blobs away when storage runs low.
    if (entry.step === 'soundtrack') navigator.storage.persist?.().catch(() => undefined);
  }
}
