import { proxy, transfer } from 'comlink';
import type { ServerWish, SoundtrackOutput, Stem } from '#lib/job/entries/soundtrack.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import type { StepContext } from '#lib/job/step.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { AudioPart, JobResult } from '#lib/protocol/job-event.ts';
import type { JobNews } from '#lib/remote/remote-job.ts';
import type { RemoteRequest } from '#lib/remote/remote-request.ts';
import { WorkerRoom } from '#lib/worker/worker-room.ts';
import { fitOf, generateSpec } from './generate-spec.ts';
import { JobProgress, type ServerPhase } from './job-progress.ts';
import type { ServerSoundApi } from './server-sound.worker.ts';
import ServerSoundWorker from './server-sound.worker.ts?worker';

/** A job that is followed: its news, until somebody lets it go. */
export type FollowedJob = AsyncIterable<JobNews> & { leave(): void };

/** The way to a generation server, and who wants to know how it goes there. */
export interface SoundServer {
  /** Hands a request in, or goes on with the job that was made of it before. */
  follow(request: RemoteRequest): Promise<FollowedJob>;
  /** The name of an engine for people. */
  titleOf(engine: string): string;
  onPhase?(phase: ServerPhase): void;
  /** The connection broke, or is there again. */
  onLine?(isUp: boolean): void;
  /** More of the first take can be heard: interleaved 16-bit samples, 48 kHz stereo, behind those before. */
  onSound?(kind: 'music' | 'effects', pcm: Int16Array<ArrayBuffer>): void;
  /** What could be heard is void and comes again. */
  onSoundGone?(): void;
}

/** All that one job gave. */
interface Received {
  result: JobResult;
  /** By the index of their part. */
  stems: Map<number, Stem>;
}

/** The engines of a server, for one or more takes of the same job: the job is done once. */
export class ServerEngine {
  #server: SoundServer;
  #jobs = new Map<string, Promise<Received>>();

  constructor(server: SoundServer) {
    this.#server = server;
  }

  /** Makes the take that the wish names. @throws what the job throws, see RemoteJob. */
  async render(
    request: SoundtrackRequest,
    wish: ServerWish,
    context: StepContext,
  ): Promise<SoundtrackOutput> {
    const spec = generateSpec(request, wish);
    const key = JSON.stringify(spec);
    const { durationSeconds } = request;
    let job = this.#jobs.get(key);
    if (!job) {
      job = this.#receive({ verb: 'generate', spec }, Math.round(durationSeconds * SAMPLE_RATE), context);
      this.#jobs.set(key, job);
    }
    const { result, stems } = await job;
    const stemOf = (kind: AudioPart['kind']) => {
      const ranked = result.parts.filter((part) => part.kind === kind);
      return stems.get((ranked[wish.take] ?? ranked.at(-1))?.index ?? -1) ?? null;
    };
    const { engine, isPreview, weights, seed, queuedMs, ranMs } = result;
    return {
      engine: 'server',
      durationSeconds,
      music: stemOf('music'),
      effects: stemOf('effects'),
      score: null,
      server: {
        ...{ engine, title: this.#server.titleOf(engine), isPreview, weights, seed, queuedMs, ranMs },
        fit: fitOf(spec.seconds, durationSeconds),
        generatedSeconds: spec.seconds,
      },
    };
  }

  async #receive(
    request: Extract<RemoteRequest, { verb: 'generate' }>,
    samples: number,
    { signal, onProgress }: StepContext,
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
    const room = new WorkerRoom<ServerSoundApi>(ServerSoundWorker);
    let stems = new Map<number, Stem>();
    try {
      for await (const news of job) {
        progress.note(news);
        if (news.t === 'line') this.#server.onLine?.(news.isUp);
        if (news.t === 'done') return { result: news.result, stems };
        if (news.t === 'restart') {
          stems = new Map();
          this.#server.onSoundGone?.();
          await room.call(signal, (api) => api.discard());
        }
        if (news.t !== 'bytes') continue;
        const { part, at, bytes } = news;
        if (at === 0) await room.call(signal, (api) => api.begin(part, samples));
        const own = bytes.slice();
        const pcm = await room.call(signal, (api) => api.push(transfer(own, [own.buffer])));
        if (pcm && part.candidate === 0) this.#server.onSound?.(part.kind, pcm);
        if (at + bytes.length < part.bytes) continue;
        const fit = proxy((fraction: number) => progress.fit(fraction));
        stems.set(part.index, await room.call(signal, (api) => api.finish(fit)));
      }
      signal.throwIfAborted();
      throw new DOMException('The job was left.', 'AbortError');
    } finally {
      signal.removeEventListener('abort', leave);
      job.leave();
      room.close();
    }
  }
}
