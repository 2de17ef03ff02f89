import type { EntryOf } from '#lib/job/entry.ts';
import type { ServerChoice } from '#lib/job/entries/soundtrack.ts';
import { withOptions, type Options } from '#lib/job/options.ts';
import { seedOfSource } from '#lib/job/seed.ts';
import { seedOfTake } from '#lib/job/takes.ts';
import { runPipeline } from '#lib/pipeline/pipeline.ts';
import { stepsWith, type AnyStep } from '#lib/pipeline/steps.ts';
import { ArrivingSound } from '#lib/playback/arriving-sound.ts';
import type { Arriving } from '#lib/playback/chunk-reader.ts';
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

/** Exactly what would be sent. */
export interface Payload {
  spec: GenerateSpec;
  bytes: number;
  work: RemoteWork;
}

/** Sound from a server. The selected take stays until the new one is complete. */
export class RemoteGeneration {
  /** What the server is doing; null when nothing is running. */
  phase: ServerPhase | null = $state.raw(null);
  /** 0 … 1. */
  fraction = $state(0);
  /** False while the connection is lost; it reconnects by itself. */
  isConnected = $state(true);
  failure: Failure | null = $state.raw(null);
  /** Sound of the first take that has arrived so far. */
  arriving: Arriving = $state.raw({});
  /** The take that it replaces while it arrives. */
  replaces: string | null = $state.raw(null);
  /** The first take of the last generation. */
  made: EntryOf<'soundtrack'> | null = $state.raw(null);

  readonly isRunning = $derived(this.phase !== null);
  /** The user wants sound from the server: the payload is to be shown. */
  isRequested = $state(false);

  #studio: Studio;
  #server: Server;
  #job: RemoteJob | null = null;
  /** The job that is followed, and the one that the user cancelled last. */
  #work: RemoteWork | null = null;
  #cancelled: string | null = null;
  #run: AbortController | null = null;
  /** The project that it belongs to. */
  #projectId: string | null = null;

  constructor(studio: Studio, server: Server) {
    this.#studio = studio;
    this.#server = server;
  }

  /** What would be sent for the present prompts and options; null while there are no prompts. */
  async prepare(): Promise<Payload | null> {
    const { project, isRunning } = this.#studio;
    const { generator, origin } = this.#server;
    if (!project || !generator) return null;
    if (!this.#studio.current.prompt && !isRunning) await this.#studio.run('prompt');
    const { source, length, scenes, prompt, features, objects } = this.#studio.current;
    if (!source || !length || !scenes || !prompt || !features || !objects) return null;
    const { candidates, steps, guidance, tracks } = this.#server.settings;
    const { options } = this.#studio.project ?? project;
    const choice = {
      generator: 'server',
      engine: generator.name,
      candidates,
      steps,
      guidance,
      candidate: 0,
      ...((generator.maxSegments ?? 0) > 1 && { isSegmented: true }),
    } as const;
    const seed = this.#freshSeed(options.all.soundtrack.seed ?? seedOfSource(source.output.md5));
    const synth = { generator: 'synth' } as const;
    const { kind } = options.all.soundtrack;
    const asked = withOptions(options, 'soundtrack', {
      ...{ score: null, seed },
      music: kind === 'both' && tracks === 'effects' ? synth : choice,
      effects: kind === 'both' && tracks === 'music' ? synth : choice,
    });
    const work = { job: newJobId(), origin, options: structuredClone(asked) };
    const spec = await serverSpec(
      { source, length, scenes, prompt, features, objects },
      asked.all.soundtrack,
    );
    return { spec, work, bytes: await requestBytes(work.job, { verb: 'generate', spec }) };
  }

  /** Whether the user has already agreed that this project's prompts go to this server. */
  get isAgreed(): boolean {
    return this.#studio.project?.agreed.includes(`generate ${this.#server.origin}`) ?? false;
  }

  /** Requests sound from the server; the payload is shown first, unless the user has agreed before. */
  ask(): void {
    this.isRequested = true;
  }

  /** Sends a payload that the user has agreed to, and follows the job. Errors go to `failure`. */
  async send({ work }: Payload): Promise<void> {
    const { project } = this.#studio;
    if (!project || this.isRunning) return;
    const agreed = [...new Set([...project.agreed, `generate ${work.origin}`])];
    this.#studio.amend(project.id, { remote: work, agreed });
    await this.#follow(project.id, work, false);
  }

  /** Follows the job of the open project, if another project was opened. */
  async resume(): Promise<void> {
    const { project } = this.#studio;
    if (this.#projectId === (project?.id ?? null)) return;
    this.#projectId = project?.id ?? null;
    this.leave();
    this.failure = null;
    this.made = null;
    if (project?.remote?.origin === this.#server.origin) await this.#follow(project.id, project.remote, true);
  }

  /** Cancels it, here and on the server. */
  cancel(): void {
    this.#cancelled = this.#work?.job ?? null;
    this.#job?.cancel();
    this.#end(true);
  }

  /** Stops following the job, which goes on at the server: the project is closed. */
  leave(): void {
    this.#job?.leave();
    this.#end(false);
  }

  /** Dismisses the last failure. */
  dismiss(): void {
    this.failure = null;
  }

  /** A seed that is not used yet: the same prompts and seed would give the same sound. */
  #freshSeed(seed: number): number {
    const used = this.#studio.takes.all.filter(({ maker }) => maker.where === 'server').map(seedOfTake);
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
    this.replaces = this.#studio.takes.selected?.key ?? null;
    const before = relevantOptions(work.options);
    const steps = stepsWith(soundtrackStepOn(this.#connectionFor(work, isKnown)));
    try {
      const { candidates } = serverChoice(work.options)!;
      for (let candidate = 0; candidate < candidates; candidate++) {
        const entry = await this.#take(projectId, steps, work, candidate, run.signal);
        if (candidate === 0) this.made = entry;
      }
      this.#studio.amend(projectId, { remote: null });
      const { project } = this.#studio;
      // If the user has changed something meanwhile, the selection stays, and the new take is in the list.
      const isSame =
        project &&
        relevantOptions(project.options) === before &&
        this.#studio.takes.selected?.key === this.replaces;
      if (this.made && isSame) await this.#studio.takeEditor.recall(this.made, { does: 'server-take' });
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
        if (isNew) this.#studio.addEntry(projectId, entry);
      },
    });
    return made;
  }

  #connectionFor(work: RemoteWork, isKnown: boolean): SoundServer {
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

  #end(isFinal: boolean): void {
    const { project } = this.#studio;
    this.#run?.abort(new DOMException('Cancelled.', 'AbortError'));
    if (isFinal && project?.remote) this.#studio.amend(project.id, { remote: null });
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

/** All options that a take depends on, except who makes it. */
function relevantOptions({ all: { mix: _, film: __, soundtrack, ...options }, of }: Options): string {
  return JSON.stringify({ ...options, kind: soundtrack.kind, of });
}

/** The server's options, from a track that it makes. */
function serverChoice({ all: { soundtrack } }: Options): ServerChoice | undefined {
  return [soundtrack.music, soundtrack.effects].find((choice) => choice.generator === 'server');
}
