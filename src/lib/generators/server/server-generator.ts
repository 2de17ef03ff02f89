import { proxy, transfer } from 'comlink';
import type { Stem, TrackName } from '#lib/job/entries/soundtrack.ts';
import type { Maker } from '#lib/job/maker.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { JobResult } from '#lib/protocol/job-event.ts';
import type { RemoteJobEvent } from '#lib/remote/remote-job.ts';
import type { RemoteRequest } from '#lib/remote/remote-request.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { Generator, GeneratorContext, ServerRequest } from '../generator.ts';
import { fitOf, generateSpec, LONGEST_SECONDS, SHORTEST_SECONDS } from './generate-spec.ts';
import { JobProgress, type ServerPhase } from './job-progress.ts';
import type { ServerSoundApi } from './server-sound.worker.ts';
import ServerSoundWorker from './server-sound.worker.ts?worker';

/** The events of a job, until it is left. */
export type FollowedJob = AsyncIterable<RemoteJobEvent> & { leave(): void };

/** A connection to a generation server, with callbacks for its progress. */
export interface SoundServer {
  isAvailable(): boolean;
  /** Submits a request, or attaches to the job that it was submitted as before. */
  follow(request: RemoteRequest): Promise<FollowedJob>;
  /** The display name of an engine. */
  titleOf(engine: string): string;
  onPhase?(phase: ServerPhase): void;
  /** The connection was lost, or is there again. */
  onConnection?(isConnected: boolean): void;
  /** More of the first candidate arrived: interleaved 16-bit samples, 48 kHz stereo, following the last ones. */
  onSound?(track: TrackName, pcm: Int16Array<ArrayBuffer>): void;
  /** The sound so far is void and is sent again. */
  onRestart?(): void;
}

/** Everything that a job made. */
interface Received {
  result: JobResult;
  /** By the index of the part. */
  stems: Map<number, Stem>;
}

/** A job, and the progress callbacks of everyone who waits for its clips. */
interface SharedJob {
  received: Promise<Received>;
  listeners: Set<(fraction: number) => void>;
}

/** The engines of a server. One job makes all clips of the same request: both tracks and all candidates. */
export class ServerGenerator implements Generator<ServerRequest> {
  readonly name = 'server';
  readonly can = ['music', 'effects'] as const;
  readonly limits = { minSeconds: SHORTEST_SECONDS, maxSeconds: LONGEST_SECONDS };
  readonly #server: SoundServer;
  readonly #jobs = new Map<string, SharedJob>();

  constructor(server: SoundServer) {
    this.#server = server;
  }

  isAvailable(): boolean {
    return this.#server.isAvailable();
  }

  /** Makes the candidate of the choice; null for a track without a prompt. @throws the errors of RemoteJob */
  async make({ track, choice, soundtrack }: ServerRequest, context: GeneratorContext) {
    const spec = generateSpec(soundtrack, choice);
    const { durationSeconds } = soundtrack;
    const samples = Math.round(durationSeconds * SAMPLE_RATE);
    const job = this.#share(JSON.stringify(spec), (onProgress) =>
      this.#receive({ verb: 'generate', spec }, samples, { ...context, onProgress }),
    );
    job.listeners.add(context.onProgress);
    const { result, stems } = await job.received;
    const ranked = result.parts.filter((part) => part.kind === track);
    const stem = stems.get((ranked[choice.candidate] ?? ranked.at(-1))?.index ?? -1);
    if (!stem) return null;
    const { engine, isPreview, weights } = result;
    const maker: Maker = {
      ...{ where: 'server', name: engine, title: this.#server.titleOf(engine), isPreview, weights },
    };
    return { stem, maker, fit: fitOf(spec.seconds, durationSeconds), generatedSeconds: spec.seconds };
  }

  #share(key: string, start: (onProgress: (fraction: number) => void) => Promise<Received>): SharedJob {
    const known = this.#jobs.get(key);
    if (known) return known;
    const listeners: SharedJob['listeners'] = new Set();
    const received = start((fraction) => listeners.forEach((listen) => listen(fraction)));
    const job = { received, listeners };
    this.#jobs.set(key, job);
    return job;
  }

  async #receive(
    request: Extract<RemoteRequest, { verb: 'generate' }>,
    samples: number,
    { signal, onProgress }: GeneratorContext,
  ): Promise<Received> {
    const { spec } = request;
    const tracks = (spec.music ? 1 : 0) + (spec.effects ? 1 : 0);
    const progress = new JobProgress(tracks * spec.candidates, (fraction, phase) => {
      onProgress(fraction);
      this.#server.onPhase?.(phase);
    });
    signal.throwIfAborted();
    const job = await this.#server.follow(request);
    const leave = () => job.leave();
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    const worker = new WorkerClient<ServerSoundApi>(ServerSoundWorker);
    let stems = new Map<number, Stem>();
    try {
      for await (const event of job) {
        progress.note(event);
        if (event.t === 'connection') this.#server.onConnection?.(event.isConnected);
        if (event.t === 'done') return { result: event.result, stems };
        if (event.t === 'restart') {
          stems = new Map();
          this.#server.onRestart?.();
          await worker.call(signal, (api) => api.discard());
        }
        if (event.t !== 'bytes') continue;
        const { part, at, bytes } = event;
        if (at === 0) await worker.call(signal, (api) => api.begin(part, samples));
        const own = bytes.slice();
        const pcm = await worker.call(signal, (api) => api.push(transfer(own, [own.buffer])));
        if (pcm && part.candidate === 0) this.#server.onSound?.(part.kind, pcm);
        if (at + bytes.length < part.bytes) continue;
        const fit = proxy((fraction: number) => progress.fit(fraction));
        stems.set(part.index, await worker.call(signal, (api) => api.finish(fit)));
      }
      signal.throwIfAborted();
      throw new DOMException('The job was left.', 'AbortError');
    } finally {
      signal.removeEventListener('abort', leave);
      job.leave();
      worker.close();
    }
  }
}
