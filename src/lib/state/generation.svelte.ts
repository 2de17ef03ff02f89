import type { AllOptions, EntryOf } from '#lib/job/entry.ts';
import { corridorWith } from '#lib/pipeline/corridor.ts';
import { runPipeline } from '#lib/pipeline/pipeline.ts';
import { ArrivingSound } from '#lib/playback/arriving-sound.ts';
import type { Arriving } from '#lib/playback/preview.ts';
import type { RemoteWork } from '#lib/projects/project.ts';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import { newJobId } from '#lib/remote/job-id.ts';
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
export interface Parcel {
  spec: GenerateSpec;
  bytes: number;
  work: RemoteWork;
}

/** Sound from a server, made beside what this device makes; the take that is heard stays until it is there. */
export class Generation {
  /** What the server is doing; null when nothing is under way. */
  phase: ServerPhase | null = $state.raw(null);
  /** 0 … 1. */
  fraction = $state(0);
  /** False while the line is broken; it is made again by itself. */
  isUp = $state(true);
  failure: Failure | null = $state.raw(null);
  /** What can be heard already of the first take. */
  arriving: Arriving = $state.raw({});
  /** The take that it replaces while it arrives. */
  replaces: string | null = $state.raw(null);
  /** The first take that came last. */
  made: EntryOf<'soundtrack'> | null = $state.raw(null);

  readonly isRunning = $derived(this.phase !== null);

  #studio: Studio;
  #server: Server;
  #job: RemoteJob | null = null;
  #run: AbortController | null = null;
  /** The project that it looks after. */
  #attended: string | null = null;

  constructor(studio: Studio, server: Server) {
    this.#studio = studio;
    this.#server = server;
  }

  /** What would be sent for the present words and wishes; null while the words are not written yet. */
  async prepare(): Promise<Parcel | null> {
    const { project, isRunning } = this.#studio;
    const { generator, origin } = this.#server;
    if (!project || !generator) return null;
    if (!this.#studio.current.prompt && !isRunning) await this.#studio.run('prompt');
    const { source, prompt, visual, objects } = this.#studio.current;
    if (!source || !prompt || !visual || !objects) return null;
    const { candidates, steps, guidance } = this.#server.settings;
    const { options } = this.#studio.project ?? project;
    const server = { engine: generator.name, candidates, steps, guidance, take: 0 };
    const seed = this.#freshSeed(options.soundtrack.seed);
    const soundtrack = { ...options.soundtrack, engine: 'server', score: null, seed, server };
    const work = { job: newJobId(), origin, options: structuredClone({ ...options, soundtrack }) };
    const spec = serverSpec({ source, prompt, visual, objects }, soundtrack);
    return { spec, work, bytes: await requestBytes(work.job, { verb: 'generate', spec }) };
  }

  /** Whether the user has agreed before that this project's words go to this server. */
  get isAgreed(): boolean {
    return this.#studio.project?.agreed?.includes(`generate ${this.#server.origin}`) ?? false;
  }

  /** Sends a parcel, which the user has agreed to, and follows what comes of it. A refusal lands in `failure`. */
  async send({ work }: Parcel): Promise<void> {
    const { project } = this.#studio;
    if (!project || this.isRunning) return;
    const agreed = [...new Set([...(project.agreed ?? []), `generate ${work.origin}`])];
    await this.#studio.amend(project.id, (open) => ({ ...open, remote: work, agreed }));
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
    const used = this.#studio.takes.filter(({ output }) => output.server).map(({ options }) => options.seed);
    return used.includes(seed) ? Math.max(...used) + 1 : seed;
  }

  async #follow(projectId: string, work: RemoteWork, isKnown: boolean): Promise<void> {
    const run = new AbortController();
    this.#run = run;
    this.failure = null;
    this.made = null;
    this.isUp = true;
    this.fraction = 0;
    this.phase = { is: 'asking' };
    this.replaces = this.#studio.heard?.key ?? null;
    const before = wishesOf(work.options);
    const corridor = corridorWith(soundtrackStepOn(this.#lineFor(work, isKnown)));
    try {
      const takes = work.options.soundtrack.server!.candidates;
      for (let take = 0; take < takes; take++) {
        const entry = await this.#take(projectId, corridor, work, take, run.signal);
        if (take === 0) this.made = entry;
      }
      await this.#studio.amend(projectId, (open) => ({ ...open, remote: null }));
      const { project } = this.#studio;
      // Whoever went on working meanwhile keeps what is heard: the take waits in the list.
      const isSame =
        project && wishesOf(project.options) === before && this.#studio.heard?.key === this.replaces;
      if (this.made && isSame) await this.#studio.recall(this.made);
    } catch (error) {
      if (!isAbort(error) && this.#run === run) {
        this.failure = toFailure(error);
        await this.#studio.amend(projectId, (open) => ({ ...open, remote: null }));
      }
    } finally {
      if (this.#run === run) this.#clear();
    }
  }

  async #take(
    projectId: string,
    corridor: ReturnType<typeof corridorWith>,
    { options }: RemoteWork,
    take: number,
    signal: AbortSignal,
  ): Promise<EntryOf<'soundtrack'> | null> {
    const { project } = this.#studio;
    if (project?.id !== projectId) throw new DOMException('The project was closed.', 'AbortError');
    const server = { ...options.soundtrack.server!, take };
    const wishes = { ...options, soundtrack: { ...options.soundtrack, server } };
    let made: EntryOf<'soundtrack'> | null = null;
    await runPipeline(corridor, project.job, wishes, ['soundtrack'], signal, {
      onProgress: (step, fraction) => {
        if (step === 'soundtrack') this.fraction = Math.max(this.fraction, fraction);
      },
      onEntry: (entry, isNew) => {
        if (entry.step === 'soundtrack') made = entry;
        if (isNew) void this.#studio.adopt(projectId, entry);
      },
    });
    return made;
  }

  #lineFor(work: RemoteWork, isKnown: boolean): SoundServer {
    return {
      follow: async (request: RemoteRequest) => {
        this.#job = await RemoteJob.start(this.#server.link, work.job, request, isKnown);
        return this.#job;
      },
      titleOf: (name) => this.#server.engines.find((engine) => engine.name === name)?.title ?? name,
      onPhase: (phase) => (this.phase = phase),
      onLine: (isUp) => (this.isUp = isUp),
      onSound: (kind, pcm) => {
        const sound = this.arriving[kind] ?? new ArrivingSound();
        sound.append(pcm);
        if (!this.arriving[kind]) this.arriving = { ...this.arriving, [kind]: sound };
      },
      onSoundGone: () => (this.arriving = {}),
    };
  }

  #end(isOver: boolean): void {
    const { project } = this.#studio;
    this.#run?.abort(new DOMException('Cancelled.', 'AbortError'));
    if (isOver && project?.remote) void this.#studio.amend(project.id, (open) => ({ ...open, remote: null }));
    this.#clear();
  }

  #clear(): void {
    this.#run = null;
    this.#job = null;
    this.phase = null;
    this.arriving = {};
    this.replaces = null;
  }
}

/** All wishes that a take depends on, but for the engine that makes it. */
function wishesOf({ mix: _, film: __, soundtrack, ...options }: AllOptions): string {
  const { kind, pictureSeconds } = soundtrack;
  return JSON.stringify({ ...options, kind, pictureSeconds });
}
