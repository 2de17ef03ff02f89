import { proxy, transfer } from 'comlink';
import type { Stem, TrackName } from '#lib/job/entries/soundtrack.ts';
import type { Maker } from '#lib/job/maker.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { JobResult } from '#lib/protocol/job-event.ts';
import type { JobNews } from '#lib/remote/remote-job.ts';
import type { RemoteRequest } from '#lib/remote/remote-request.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { Generator, GeneratorContext, ServerRequest } from '../generator.ts';
import { fitOf, generateSpec, LONGEST_SECONDS, SHORTEST_SECONDS } from './generate-spec.ts';
import { JobProgress, type ServerPhase } from './job-progress.ts';
import type { ServerSoundApi } from './server-sound.worker.ts';
import ServerSoundWorker from './server-sound.worker.ts?worker';

/** A job that is followed: its events, until somebody leaves it. */
export type FollowedJob = AsyncIterable<JobNews> & { leave(): void };

/** The way to a generation server, and who wants to know how it goes there. */
export interface SoundServer {
  isThere(): boolean;
  /** Hands a request in, or goes on with the job that was made of it before. */
  follow(request: RemoteRequest): Promise<FollowedJob>;
  /** The name of an engine for people. */
  titleOf(engine: string): string;
  onPhase?(phase: ServerPhase): void;
  /** The connection broke, or is there again. */
  onLine?(isUp: boolean): void;
  /** More of the first candidate can be heard: interleaved 16-bit samples, 48 kHz stereo, behind those before. */
  onSound?(track: TrackName, pcm: Int16Array<ArrayBuffer>): void;
  /** What could be heard is void and comes again. */
  onSoundGone?(): void;
}

/** All that one job gave. */
interface Received {
  result: JobResult;
  /** By the index of their part. */
  stems: Map<number, Stem>;
}

/** A job, and those who wait for clips of it. */
interface SharedJob {
  received: Promise<Received>;
  listeners: Set<(fraction: number) => void>;
}

/** The engines of a server. Clips of the same request, both tracks and all candidates, come out of one job. */
export class ServerGenerator implements Generator<ServerRequest> {
  readonly name = 'server';
  readonly can = ['music', 'effects'] as const;
  readonly limits = { minSeconds: SHORTEST_SECONDS, maxSeconds: LONGEST_SECONDS };
  readonly #server: SoundServer;
  readonly #jobs = new Map<string, SharedJob>();

  constructor(server: SoundServer) {
    this.#server = server;
  }

  isThere(): boolean {
    return this.#server.isThere();
  }

  /** Makes the candidate that the choice names; null for a track without words. @throws what the job throws, see RemoteJob. */
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
      for await (const news of job) {
        progress.note(news);
        if (news.t === 'line') this.#server.onLine?.(news.isUp);
        if (news.t === 'done') return { result: news.result, stems };
        if (news.t === 'restart') {
          stems = new Map();
          this.#server.onSoundGone?.();
          await worker.call(signal, (api) => api.discard());
        }
        if (news.t !== 'bytes') continue;
        const { part, at, bytes } = news;
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
