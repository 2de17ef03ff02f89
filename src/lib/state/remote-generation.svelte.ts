import type { EntryOf } from '#lib/job/entry.ts';
import type { ServerChoice } from '#lib/job/entries/soundtrack.ts';
import { withOptions, type Options } from '#lib/job/options.ts';
import { runPipeline } from '#lib/pipeline/pipeline.ts';
import { stepsWith, type AnyStep } from '#lib/pipeline/steps.ts';
import { ArrivingSound } from '#lib/playback/arriving-sound.ts';
import type { Arriving } from '#lib/playback/preview.ts';
import type { RemoteWork } from '#lib/projects/project.ts';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import { newJobId } from '#lib/remote/remote-request.ts';
import { RemoteJob } from '#lib/remote/remote-job.ts';
import { requestBytes, type RemoteRequest } from '#lib/remote/remote-request.ts';
import {
  serverSpec,
  soundtrackStepOn,
  type ServerPhase,
  type SoundServer,
} from '#lib/steps/soundtrack/soundtrack.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';
import type { Server } from './server.svelte.ts';
import type { Studio } from './studio.svelte.ts';

/** What is about to be sent, to the last byte. */
export interface Payload {
  spec: GenerateSpec;
  bytes: number;
  work: RemoteWork;
}

/** Sound from a server, made beside what this device makes; the take that is heard stays until it is there. */
export class RemoteGeneration {
  /** What the server is doing; null when nothing is under way. */
  phase: ServerPhase | null = $state.raw(null);
  /** 0 … 1. */
  fraction = $state(0);
  /** False while the line is broken; it is made again by itself. */
  isConnected = $state(true);
  failure: Failure | null = $state.raw(null);
  /** What can be heard already of the first take. */
  arriving: Arriving = $state.raw({});
  /** The take that it replaces while it arrives. */
  replaces: string | null = $state.raw(null);
  /** The first take that came last. */
  made: EntryOf<'soundtrack'> | null = $state.raw(null);

  readonly isRunning = $derived(this.phase !== null);
  /** Somebody wants sound from the server: what would be sent is to be shown. */
  isAsked = $state(false);

  #studio: Studio;
  #server: Server;
  #job: RemoteJob | null = null;
  /** What is followed, and the job that the user cancelled last. */
  #work: RemoteWork | null = null;
  #cancelled: string | null = null;
  #run: AbortController | null = null;
  /** The project that it looks after. */
  #attended: string | null = null;

  constructor(studio: Studio, server: Server) {
    this.#studio = studio;
    this.#server = server;
  }

  /** What would be sent for the present words and options; null while the words are not written yet. */
  async prepare(): Promise<Payload | null> {
    const { project, isRunning } = this.#studio;
    const { generator, origin } = this.#server;
    if (!project || !generator) return null;
    if (!this.#studio.current.prompt && !isRunning) await this.#studio.run('prompt');
    const { length, prompt, features, objects } = this.#studio.current;
    if (!length || !prompt || !features || !objects) return null;
    const { candidates, steps, guidance, tracks } = this.#server.settings;
    const { options } = this.#studio.project ?? project;
    const choice = {
      generator: 'server',
      engine: generator.name,
      candidates,
      steps,
      guidance,
      candidate: 0,
    } as const;
    const seed = this.#freshSeed(options.all.soundtrack.seed);
    const here = { generator: 'synth' } as const;
    const { kind } = options.all.soundtrack;
    const asked = withOptions(options, 'soundtrack', {
      ...{ score: null, seed },
      music: kind === 'both' && tracks === 'effects' ? here : choice,
      effects: kind === 'both' && tracks === 'music' ? here : choice,
    });
    const work = { job: newJobId(), origin, options: structuredClone(asked) };
    const spec = serverSpec({ length, prompt, features, objects }, asked.all.soundtrack);
    return { spec, work, bytes: await requestBytes(work.job, { verb: 'generate', spec }) };
  }

  /** Whether the user has agreed before that this project's words go to this server. */
  get isAgreed(): boolean {
    return this.#studio.project?.agreed.includes(`generate ${this.#server.origin}`) ?? false;
  }

  /** Asks for sound from the server; what is sent is shown first, unless the user has agreed before. */
  ask(): void {
    this.isAsked = true;
  }

  /** Sends a payload, which the user has agreed to, and follows what comes of it. A refusal lands in `failure`. */
  async send({ work }: Payload): Promise<void> {
    const { project } = this.#studio;
    if (!project || this.isRunning) return;
    const agreed = [...new Set([...project.agreed, `generate ${work.origin}`])];
    this.#studio.amend(project.id, { remote: work, agreed });
    await this.#follow(project.id, work, false);
  }

  /** Follows what is under way for the project that is open now, if it is another than before. */
  async attend(): Promise<void> {
    const { project } = this.#studio;
    if (this.#attended === (project?.id ?? null)) return;
    this.#attended = project?.id ?? null;
    this.leave();
    this.failure = null;
    this.made = null;
    if (project?.remote?.origin === this.#server.origin) await this.#follow(project.id, project.remote, true);
  }

  /** Stops it, here and at the server. */
  cancel(): void {
    this.#cancelled = this.#work?.job ?? null;
    this.#job?.cancel();
    this.#end(true);
  }

  /** Lets it go on at the server without following it: the project is closed. */
  leave(): void {
    this.#job?.leave();
    this.#end(false);
  }

  /** Forgets the latest refusal. */
  dismiss(): void {
    this.failure = null;
  }

  /** Equal words with an equal seed would give the sound that is there already. */
  #freshSeed(seed: number): number {
    const used = this.#studio.takes.all
      .filter(({ maker }) => maker.where === 'server')
      .map(({ options }) => options.seed);
    return used.includes(seed) ? Math.max(...used) + 1 : seed;
  }

  async #follow(projectId: string, work: RemoteWork, isKnown: boolean): Promise<void> {
    const run = new AbortController();
    this.#run = run;
    this.#work = work;
    this.failure = null;
    this.made = null;
    this.isConnected = true;
    this.fraction = 0;
    this.phase = { is: 'asking' };
    this.replaces = this.#studio.takes.heard?.key ?? null;
    const before = tasteOf(work.options);
    const steps = stepsWith(soundtrackStepOn(this.#lineFor(work, isKnown)));
    try {
      const { candidates } = serverChoice(work.options)!;
      for (let candidate = 0; candidate < candidates; candidate++) {
        const entry = await this.#take(projectId, steps, work, candidate, run.signal);
        if (candidate === 0) this.made = entry;
      }
      this.#studio.amend(projectId, { remote: null });
      const { project } = this.#studio;
      // Whoever went on working meanwhile keeps what is heard: the take waits in the list.
      const isSame =
        project && tasteOf(project.options) === before && this.#studio.takes.heard?.key === this.replaces;
      if (this.made && isSame) await this.#studio.recall(this.made);
    } catch (error) {
      if (!isAbort(error) && this.#run === run) {
        this.failure = toFailure(error);
        this.#studio.amend(projectId, { remote: null });
      }
    } finally {
      if (this.#run === run) this.#clear();
    }
  }

  async #take(
    projectId: string,
    steps: readonly AnyStep[],
    { options }: RemoteWork,
    candidate: number,
    signal: AbortSignal,
  ): Promise<EntryOf<'soundtrack'> | null> {
    const { project } = this.#studio;
    if (project?.id !== projectId) throw new DOMException('The project was closed.', 'AbortError');
    const { music, effects } = options.all.soundtrack;
    const asked = withOptions(options, 'soundtrack', {
      music: { ...music, ...(music.generator === 'server' && { candidate }) },
      effects: { ...effects, ...(effects.generator === 'server' && { candidate }) },
    });
    let made: EntryOf<'soundtrack'> | null = null;
    await runPipeline(steps, project.job, asked, ['soundtrack'], signal, {
      onProgress: (step, fraction) => {
        if (step === 'soundtrack') this.fraction = Math.max(this.fraction, fraction);
      },
      onEntry: (entry, isNew) => {
        if (entry.step === 'soundtrack') made = entry;
        if (isNew) this.#studio.adopt(projectId, entry);
      },
    });
    return made;
  }

  #lineFor(work: RemoteWork, isKnown: boolean): SoundServer {
    return {
      isAvailable: () => true,
      follow: async (request: RemoteRequest) => {
        const job = await RemoteJob.start(this.#server.link, work.job, request, isKnown);
        // It may have been cancelled before there was a job to cancel.
        if (this.#cancelled === work.job) job.cancel();
        this.#job = job;
        return job;
      },
      titleOf: (name) => this.#server.engines.find((engine) => engine.name === name)?.title ?? name,
      onPhase: (phase) => (this.phase = phase),
      onConnection: (isConnected) => (this.isConnected = isConnected),
      onSound: (kind, pcm) => {
        const sound = this.arriving[kind] ?? new ArrivingSound();
        sound.append(pcm);
        if (!this.arriving[kind]) this.arriving = { ...this.arriving, [kind]: sound };
      },
      onRestart: () => (this.arriving = {}),
    };
  }

  #end(isOver: boolean): void {
    const { project } = this.#studio;
    this.#run?.abort(new DOMException('Cancelled.', 'AbortError'));
    if (isOver && project?.remote) this.#studio.amend(project.id, { remote: null });
    this.#clear();
  }

  #clear(): void {
    this.#run = null;
    this.#work = null;
    this.#job = null;
    this.phase = null;
    this.arriving = {};
    this.replaces = null;
  }
}

/** All options that a take depends on, but for who makes it. */
function tasteOf({ all: { mix: _, film: __, soundtrack, ...options }, of }: Options): string {
  return JSON.stringify({ ...options, kind: soundtrack.kind, of });
}

/** What the server is asked for, by whichever track comes from it. */
function serverChoice({ all: { soundtrack } }: Options): ServerChoice | undefined {
  return [soundtrack.music, soundtrack.effects].find((choice) => choice.generator === 'server');
}
