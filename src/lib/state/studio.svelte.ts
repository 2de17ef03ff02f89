import type { Entry, EntryOf, OptionsOf, StepName } from '#lib/job/entry.ts';
import { findEntry } from '#lib/job/job.ts';
import { defaultOptions, withOptions, type Options } from '#lib/job/options.ts';
import type { StepResult } from '#lib/job/step.ts';
import { openSource } from '#lib/pipeline/open-source.ts';
import { areBlobsThere } from '#lib/pipeline/blobs-there.ts';
import { entryOfResult, runPipeline } from '#lib/pipeline/pipeline.ts';
import { withOptionsBehind, type Current } from '#lib/pipeline/resolve.ts';
import { DRAFT, replans, STEPS, stepsBehind } from '#lib/pipeline/steps.ts';
import { createProject, type Project } from '#lib/projects/project.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { toFailure, type Failure } from './failure.ts';
import { HeldEntries } from './held-entries.svelte.ts';
import type { ProjectSession } from './project-session.svelte.ts';
import { ProjectSessions } from './project-sessions.svelte.ts';
import type { Fit } from './remix.svelte.ts';
import { Run } from './run.svelte.ts';
import { ScoreEditor } from './score-editor.svelte.ts';
import { SourceFile } from './source-file.svelte.ts';
import { ifAlone, whileLocked } from './tab-lock.ts';
import { Takes } from './takes.svelte.ts';

export type { Project } from '#lib/projects/project.ts';

/**
 * The open project and all that can be done with it. Components read its fields and call its verbs. Every change is
 * kept by itself; nothing that was made is lost when a run fails or is cancelled.
 */
export class Studio {
  readonly store = new ProjectStore();
  readonly sessions = new ProjectSessions(this.store);
  readonly takes = new Takes(() => this.project);
  readonly #run = new Run();
  readonly #held = new HeldEntries(this.takes);
  /** The file that the open project was made from. */
  readonly sourceFile = new SourceFile(() => this.project, this.#run);
  /** The lanes of the take that is heard, and what is done to them. */
  readonly scoreEditor = new ScoreEditor(this);

  #tidying: Promise<unknown> | null = null;

  /** The open project; null on the start screen. */
  readonly project: Project | null = $derived.by(() => this.sessions.now?.project ?? null);
  /** Whether the sound that is heard was made from the present options. */
  readonly isPlanned: boolean = $derived(this.#held.current.soundtrack !== undefined);
  /** Whether the prompts or options changed since the soundtrack that is heard was made. */
  readonly isStale: boolean = $derived(this.project !== null && !this.isRunning && !this.isPlanned);

  /** The entries that hold for the present options. A step that is missing here has to run. */
  get current(): Current {
    return this.#held.current;
  }

  /** The entries that hold for the take that is heard: what is saved and shared. */
  get heard(): Current {
    return this.#held.heard;
  }

  get steps(): Run['steps'] {
    return this.#run.steps;
  }

  /** The latest refusal, in words for the user; null when all is well. */
  get failure(): Failure | null {
    return this.#run.failure;
  }

  /** The step that the present run goes up to; null when nothing runs. */
  get goal(): StepName | null {
    return this.#run.goal;
  }

  get isRunning(): boolean {
    return this.#run.isRunning;
  }

  /** Frees what deleted projects left behind, unless another tab is at work. Called once, at the start. */
  async tidy(): Promise<void> {
    this.#tidying = ifAlone(() => this.store.purge()).catch(() => undefined);
    await this.#tidying;
    // Held until the page is gone.
    await whileLocked(() => new Promise(() => undefined));
  }

  /** Begins a project with a file, whose facts `fit` the options, and makes a soundtrack. A refusal lands in `failure`. */
  async open(file: File, options = defaultOptions(), fit: Fit = () => ({})): Promise<void> {
    const title = file.name.replace(/\.[^.]+$/, '') || file.name;
    const session = this.#show(this.sessions.begin(createProject(title, options)));
    const isOpen = await this.#run.start('source', async (signal) => {
      // What is written now must not be swept away as nobody's.
      await this.#tidying;
      const entry = await openSource(file, {
        signal,
        onProgress: (fraction) => this.#run.note('source', { fraction }),
      });
      this.#run.note('source', { is: 'done' });
      session.setOptions(withOptions(session.project.options, 'soundtrack', fit(entry.output)));
      session.append(entry);
      await this.#held.resolve(this.project);
    });
    if (this.sessions.now !== session) return;
    if (isOpen) await this.run();
    else {
      const { failure } = this;
      this.close();
      this.#run.failure = failure;
    }
  }

  /** Opens a project of this device and finishes what was not finished. */
  async openProject(id: string): Promise<void> {
    this.cancel();
    try {
      const checkout = await this.store.load(id);
      if (!checkout) return;
      this.#show(this.sessions.resume(checkout));
      if (checkout.unreadable > 0) this.#run.failure = leftOut(checkout.unreadable);
    } catch (error) {
      this.#run.failure = toFailure(error);
      return;
    }
    await this.#held.resolve(this.project);
    if (this.project?.id === id && (await this.sourceFile.check())) await this.#finish();
  }

  /** Back to the start screen. */
  close(): void {
    this.sessions.close();
    this.#show(null);
  }

  /** Changes some options of a step. What depends on them is marked as stale; nothing runs. */
  async change<N extends StepName>(step: N, change: Partial<OptionsOf<N>>): Promise<void> {
    const { now: session } = this.sessions;
    if (!session) return;
    const changed = withOptions(session.project.options, step, change);
    session.setOptions(replans(step, change) ? withOptions(changed, 'soundtrack', { score: null }) : changed);
    await this.#held.resolve(this.project);
  }

  /** Changes options and makes the soundtrack anew. */
  async changeAndRun<N extends StepName>(step: N, change: Partial<OptionsOf<N>>): Promise<void> {
    await this.change(step, change);
    await this.run();
  }

  /**
   * Runs every step up to `until` that has to run. A run that is under way is cancelled first. What is made of a take,
   * such as the film, is made of the one that is heard, whatever was changed since.
   */
  async run(until: StepName = 'soundtrack'): Promise<boolean> {
    const { now: session } = this.sessions;
    if (!session) return false;
    const isOfTake = until !== 'soundtrack' && stepsBehind([until]).includes('soundtrack');
    // A server is asked only when the user says so; what is missing of its takes is made on this device.
    if (!isOfTake && !this.current.soundtrack) await this.#makeHere();
    const options = isOfTake ? this.#held.optionsHeard(session.project) : session.project.options;
    const isDone = await this.#run.start(until, async (signal) => {
      const goals = DRAFT.includes(until) ? DRAFT : [until];
      // What is made now shall be findable by the options that it was made with, also by other tabs.
      session.flush();
      await runPipeline(STEPS, session.project.job, options, goals, signal, {
        onProgress: (step, fraction) => this.#run.note(step, { fraction }),
        onText: (step, text) => this.#run.note(step, { text }),
        onEntry: (entry, isNew) => {
          this.#run.note(entry.step, { is: 'done' });
          if (isNew) this.#keep(session, entry);
          if (this.sessions.now === session) this.#held.hold(entry, isOfTake);
        },
      });
    });
    if (this.sessions.now !== session) return isDone;
    // Options may have changed while it ran.
    await this.#held.resolve(this.project);
    if (!isDone && this.failure?.name === 'BlobMissingError') await this.sourceFile.check();
    return isDone;
  }

  /** Stops the run that is under way. What is done already stays. */
  cancel(): void {
    this.#run.cancel();
  }

  /** A new take with another seed: one that no tab has used. */
  async anotherTake(): Promise<void> {
    const { now: session } = this.sessions;
    await session?.exclusively(() => {
      const seed = Math.max(this.takes.freshSeed, session.storedOptions.all.soundtrack.seed + 1);
      session.setOptions(withOptions(session.project.options, 'soundtrack', { seed }));
    });
    await this.#held.resolve(this.project);
    await this.run();
  }

  /** Brings back a take with the options that made it. */
  async recall(take: EntryOf<'soundtrack'>): Promise<void> {
    const { now: session } = this.sessions;
    if (!session) return;
    session.setOptions(withOptionsBehind(session.project.options, session.project.job, take));
    await this.#held.resolve(this.project);
    await this.#finish();
  }

  /** Goes back and forth between the last two takes that were heard. */
  async flip(): Promise<void> {
    if (this.takes.heardBefore) await this.recall(this.takes.heardBefore);
  }

  /** Asks another describer, in place of the user's own words. */
  async describeBy(change: Partial<OptionsOf<'description'>>): Promise<void> {
    await this.change('prompt', { description: null });
    await this.changeAndRun('description', change);
  }

  /** Puts down what a server said about the best frame of a project, with the options that it was asked under. */
  async adoptDescription(id: string, asked: Options, result: StepResult<'description'>): Promise<void> {
    const { now: session } = this.sessions;
    if (session?.project.id !== id) return;
    const server = { describer: 'server' };
    const options = withOptions(asked, 'description', server);
    const entry = await entryOfResult(STEPS, session.project.job, options, 'description', result);
    if (entry) session.append(entry);
    await this.change('prompt', { description: null });
    await this.change('description', server);
  }

  /** Puts down an entry that was made for a project elsewhere, such as a take of a server. */
  adopt(id: string, entry: Entry): void {
    if (this.sessions.now?.project.id === id) this.sessions.now.append(entry);
  }

  /** Changes fields of a project, as long as it is the open one. */
  amend(id: string, change: Parameters<ProjectSession['amend']>[0]): void {
    if (this.sessions.now?.project.id === id) this.sessions.now.amend(change);
  }

  /** Gives the project another name. */
  rename(title: string): void {
    if (title.trim()) this.sessions.now?.amend({ title: title.trim() });
  }

  /** Takes in the file that the browser has cleared away, and makes again what went with it. */
  async bringSource(file: File): Promise<void> {
    if (await this.sourceFile.bring(file)) await this.run();
  }

  /** Forgets the latest refusal. */
  dismiss(): void {
    this.#run.failure = null;
  }

  #show<S extends ProjectSession | null>(session: S): S {
    this.#run.forget();
    this.takes.forget();
    this.#held.forget();
    this.sourceFile.isMissing = false;
    return session;
  }

  /** Makes what is missing of the present take: nothing was made yet, or the browser has cleared its sound away. */
  async #finish(): Promise<void> {
    const { soundtrack } = this.current;
    const isMissing = soundtrack ? !(await areBlobsThere(soundtrack)) : this.takes.all.length === 0;
    if (isMissing) await this.run();
  }

  async #makeHere(): Promise<void> {
    const { music, effects } = this.project!.options.all.soundtrack;
    const isAway = music.generator === 'server' || effects.generator === 'server';
    const here = { generator: 'synth' } as const;
    if (isAway) await this.change('soundtrack', { music: here, effects: here });
  }

  #keep(session: ProjectSession, entry: Entry): void {
    session.append(entry);
    if (entry.step === 'best-frame') {
      const frames = findEntry(session.project.job, 'frames')?.output.frames;
      session.amend({ poster: frames?.[entry.output.index]?.blob ?? session.project.poster });
    }
    // The browser may refuse: then what is kept here may be cleared away when room gets scarce.
    if (entry.step === 'soundtrack') navigator.storage.persist?.().catch(() => undefined);
  }
}

function leftOut(count: number): Failure {
  const message = `Parts of this project could not be read and are left out: ${count} entries. They stay stored.`;
  return { name: 'JobDocumentError', message };
}
