import { defaultOptions, type AllOptions, type Entry, type EntryOf, type StepName } from '#lib/job/entry.ts';
import { append, entriesOf } from '#lib/job/job.ts';
import { withoutReplacedEdits } from '#lib/job/takes.ts';
import { CORRIDOR } from '#lib/pipeline/corridor.ts';
import { optionsBehind, resolveCurrent, runPipeline, type Current } from '#lib/pipeline/pipeline.ts';
import { createProject, type Project } from '#lib/projects/project.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { openSource } from '#lib/pipeline/open-source.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';
import { PRESENCE, whilePresent } from './presence.ts';
import type { Fit } from './remix.svelte.ts';
import { replans } from './replans.ts';
import { ScoreDesk } from './score-desk.svelte.ts';

/** How a step stands: not in this map when it has not begun. */
export type StepState =
  /** `text`: the words that a step which writes has so far. */
  { is: 'running'; fraction: number; text?: string } | { is: 'done' } | { is: 'failed'; failure: Failure };

/** Runs by itself once a file is there: the soundtrack, and the original sound that plays along with it. */
const DRAFT: StepName = 'soundtrack';

/**
 * One open project and all that can be done with it. Components read its fields and call its verbs.
 * Every change is saved at once; nothing that was made is lost when a run fails or is cancelled.
 */
export class Studio {
  readonly store = new ProjectStore();
  /** The lanes of the take that is heard, and what is done to them. */
  readonly scoreDesk = new ScoreDesk(this);

  /** The open project; null on the start screen. */
  project: Project | null = $state.raw(null);
  /** The entries that hold for the present options. A step that is missing here has to run. */
  current: Current = $state.raw({});
  steps: Partial<Record<StepName, StepState>> = $state.raw({});
  /** The latest refusal, in words for the user; null when all is well. */
  failure: Failure | null = $state.raw(null);

  /** The step that the present run goes up to; null when nothing runs. */
  goal: StepName | null = $state.raw(null);

  #run: AbortController | null = $state.raw(null);
  #lookUp = 0;
  #tidying: Promise<unknown> | null = null;
  /** Keys of the take that is heard, and of the one that was heard before it. */
  #heardKeys: readonly [now: string | null, before: string | null] = $state.raw([null, null]);

  /** Whether some step is at work. */
  readonly isRunning = $derived(this.#run !== null);
  /** All takes of this project, oldest first. */
  readonly takes: EntryOf<'soundtrack'>[] = $derived(
    this.project ? entriesOf(this.project.job, 'soundtrack') : [],
  );
  /** The take that is heard: it stays while another one is being made. */
  readonly heard: EntryOf<'soundtrack'> | undefined = $derived(
    this.#take(this.#heardKeys[0]) ?? this.takes.at(-1),
  );
  /** The take that was heard before this one, if it is still there. */
  readonly heardBefore: EntryOf<'soundtrack'> | undefined = $derived(this.#take(this.#heardKeys[1]));
  /** Whether the sound that is heard was made from the present options. */
  readonly isPlanned = $derived(this.current.soundtrack !== undefined);
  /** Whether the prompts or options changed since the soundtrack that is heard was made. */
  readonly isStale = $derived(this.project !== null && !this.isRunning && !this.current.soundtrack);

  /** Frees what deleted projects left behind, unless another tab is at work. Called once, at the start. */
  async tidy(): Promise<void> {
    this.#tidying = navigator.locks.request(PRESENCE, { ifAvailable: true }, (lock) =>
      lock ? this.store.purge() : undefined,
    );
    await this.#tidying.catch(() => undefined);
    void whilePresent(() => new Promise(() => undefined));
  }

  /** Begins a project with a file, whose facts `fit` the wishes, and makes a soundtrack. A refusal lands in `failure`. */
  async open(file: File, options = defaultOptions(), fit: Fit = () => ({})): Promise<void> {
    this.cancel();
    const title = file.name.replace(/\.[^.]+$/, '') || file.name;
    const project = { ...createProject(title), options };
    this.#show(project);
    await this.#guard('source', async (signal) => {
      // What is written now must not be swept away as nobody's.
      await this.#tidying?.catch(() => undefined);
      const entry = await openSource(file, {
        signal,
        onProgress: (fraction) => this.#note('source', { is: 'running', fraction }),
      });
      this.#note('source', { is: 'done' });
      await this.#keep(entry);
      await this.change('soundtrack', fit(entry.output));
      // What is kept shall stay also when room gets scarce; the browser may refuse.
      void navigator.storage.persist?.().catch(() => undefined);
    });
    if (this.project?.id !== project.id) return;
    if (this.current.source) await this.run(DRAFT);
    else {
      const { failure } = this;
      this.#show(null);
      this.failure = failure;
    }
  }

  /** Opens a project of this device and finishes what was not finished. */
  async openProject(id: string): Promise<void> {
    this.cancel();
    const project = await this.store.load(id);
    if (!project) return;
    this.#show(project);
    await this.#resolve();
    if (!this.current.soundtrack && this.takes.length === 0) await this.run(DRAFT);
  }

  /** Back to the start screen. */
  close(): void {
    this.cancel();
    this.#show(null);
  }

  /** Changes some options of a step. What depends on them is marked as stale; nothing runs. */
  async change<N extends StepName>(step: N, options: Partial<AllOptions[N]>): Promise<void> {
    if (!this.project) return;
    const all = { ...this.project.options, [step]: { ...this.project.options[step], ...options } };
    if (replans(step, options)) all.soundtrack = { ...all.soundtrack, score: null };
    await this.#setOptions(all);
  }

  /** Changes options and makes the soundtrack anew. */
  async changeAndRun<N extends StepName>(step: N, options: Partial<AllOptions[N]>): Promise<void> {
    await this.change(step, options);
    await this.run(DRAFT);
  }

  /** Runs every step up to `until` that has to run. A run that is under way is cancelled first. */
  async run(until: StepName = DRAFT): Promise<boolean> {
    // A server is asked only when the user says so; what is missing of its takes is made on this device.
    const isAway = this.project?.options.soundtrack.engine === 'server' && !this.current.soundtrack;
    if (isAway) await this.change('soundtrack', { engine: 'synth', server: undefined });
    const { project } = this;
    if (!project) return false;
    this.cancel();
    const isDone = await this.#guard(until, async (signal) => {
      const goals: StepName[] = until === DRAFT ? [DRAFT, 'original'] : [until];
      await runPipeline(CORRIDOR, project.job, project.options, goals, signal, {
        onProgress: (step, fraction) => this.#note(step, { ...this.#runningState(step), fraction }),
        onText: (step, text) => this.#note(step, { ...this.#runningState(step), text }),
        onEntry: (entry, isNew) => {
          this.#note(entry.step, { is: 'done' });
          if (isNew) void this.#keep(entry);
          else this.#hold(entry);
        },
      });
    });
    // Options may have changed while it ran.
    if (this.project?.id === project.id) await this.#resolve();
    return isDone;
  }

  /** Stops the run that is under way. What is done already stays. */
  cancel(): void {
    this.#run?.abort(new DOMException('Cancelled.', 'AbortError'));
    this.#run = null;
    this.goal = null;
  }

  /** A new take with another seed. */
  async anotherTake(): Promise<void> {
    const used = this.takes.map((take) => take.options.seed);
    await this.changeAndRun('soundtrack', { seed: Math.max(0, ...used) + 1 });
  }

  /** Brings back a take with the options that made it. */
  async recall(take: EntryOf<'soundtrack'>): Promise<void> {
    if (!this.project) return;
    await this.#setOptions({ ...this.project.options, ...optionsBehind(this.project.job, take) });
  }

  /** Goes back and forth between the last two takes that were heard. */
  async flip(): Promise<void> {
    if (this.heardBefore) await this.recall(this.heardBefore);
  }

  /** Puts down an entry that was made for a project elsewhere, such as a take of a server. */
  async adopt(id: string, entry: Entry): Promise<void> {
    await this.amend(id, (open) => ({ ...open, job: append(open.job, entry) }));
  }

  /** Changes a project by other means than its options, as long as it is the open one. */
  async amend(id: string, change: (project: Project) => Project): Promise<void> {
    if (this.project?.id === id) await this.#save(change(this.project));
  }

  /** Gives the project another name. */
  async rename(title: string): Promise<void> {
    if (this.project && title.trim()) await this.#save({ ...this.project, title: title.trim() });
  }

  /** Forgets the latest refusal. */
  dismiss(): void {
    this.failure = null;
  }

  async #setOptions(options: AllOptions): Promise<void> {
    if (!this.project) return;
    await this.#save({ ...this.project, options });
    await this.#resolve();
  }

  #show(project: Project | null): void {
    this.project = project;
    this.current = {};
    this.steps = {};
    this.failure = null;
    this.#heardKeys = [null, null];
  }

  #take(key: string | null): EntryOf<'soundtrack'> | undefined {
    return this.takes.findLast((take) => take.key === key);
  }

  #hold(entry: Entry): void {
    this.current = { ...this.current, [entry.step]: entry };
    this.#hear();
  }

  #hear(): void {
    const key = this.current.soundtrack?.key;
    const [now] = this.#heardKeys;
    if (key && key !== now) this.#heardKeys = [key, now];
  }

  #runningState(step: StepName) {
    const state = this.steps[step];
    return state?.is === 'running' ? state : { is: 'running' as const, fraction: 0 };
  }

  #note(step: StepName, state: StepState): void {
    this.steps = { ...this.steps, [step]: state };
  }

  async #keep(entry: Entry): Promise<void> {
    if (!this.project) return;
    this.#hold(entry);
    const poster =
      entry.step === 'best-frame' ? this.current.frames?.output.frames[entry.output.index]?.blob : undefined;
    await this.#save({
      ...this.project,
      job: append(withoutReplacedEdits(this.project.job, entry), entry),
      poster: poster ?? this.project.poster,
    });
  }

  async #save(project: Project): Promise<void> {
    this.project = { ...project, updatedAt: new Date().toISOString() };
    if (project.job.entries.length > 0) await this.store.save(this.project);
  }

  /** Options may change faster than this answers: only the last answer counts. */
  async #resolve(): Promise<void> {
    if (!this.project) return;
    const mine = ++this.#lookUp;
    const current = await resolveCurrent(CORRIDOR, this.project.job, this.project.options);
    if (mine !== this.#lookUp) return;
    this.current = current;
    this.#hear();
  }

  async #guard(step: StepName, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const run = new AbortController();
    this.#run = run;
    this.goal = step;
    this.failure = null;
    try {
      await work(run.signal);
      return true;
    } catch (error) {
      if (!isAbort(error) && this.#run === run) {
        this.failure = toFailure(error);
        this.#note(step, { is: 'failed', failure: this.failure });
      }
      return false;
    } finally {
      if (this.#run === run) {
        this.#run = null;
        this.goal = null;
      }
      this.#forgetRunning();
    }
  }

  #forgetRunning(): void {
    if (this.#run) return;
    this.steps = Object.fromEntries(Object.entries(this.steps).filter(([, state]) => state.is !== 'running'));
  }
}
