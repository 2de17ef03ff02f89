import type { Options } from '#lib/job/options.ts';
import type { Maker } from '#lib/job/maker.ts';
import { MAX_STILL_BYTES, type DescribeSpec } from '#lib/protocol/job-request.ts';
import { newJobId } from '#lib/remote/remote-request.ts';
import { RemoteJob } from '#lib/remote/remote-job.ts';
import { requestBytes, type RemoteRequest } from '#lib/remote/remote-request.ts';
import { makeStill, type StillCut } from '#lib/media/picture/still.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';
import type { Server } from './server.svelte.ts';
import type { Studio } from './studio.svelte.ts';

/** How the still is prepared for the server. */
export interface StillOptions {
  cut: StillCut;
  /** 0 none … 1 only a few patches of colour. */
  blur: number;
}

/** Exactly what would be sent. */
export interface StillPayload {
  job: string;
  spec: DescribeSpec;
  still: Blob;
  /** The options for which this frame is the best one. */
  options: Options;
  bytes: number;
}

/** A server's description of the best frame. It arrives while it is written, and can be edited like any other. */
export class RemoteDescription {
  /** The text so far; null when nothing is running. */
  text: string | null = $state(null);
  failure: Failure | null = $state.raw(null);

  #studio: Studio;
  #server: Server;
  #run: AbortController | null = null;

  constructor(studio: Studio, server: Server) {
    this.#studio = studio;
    this.#server = server;
  }

  readonly isRunning = $derived(this.text !== null);

  /** What would be sent; null without a best frame or an engine that describes. */
  async prepare({ cut, blur }: StillOptions): Promise<StillPayload | null> {
    const { project, current } = this.#studio;
    const { describer } = this.#server;
    const frame = current['best-frame']?.output.index;
    const picture = current.frames?.output.frames[frame ?? -1];
    if (!project || !describer || frame === undefined || !picture) return null;
    const still = await makeStill(await readBlob(picture.blob), cut, blur, MAX_STILL_BYTES);
    const job = newJobId();
    const spec = { engine: describer.name, question: project.options.all.description.question };
    return {
      job,
      spec,
      still,
      options: project.options,
      bytes: await requestBytes(job, await requestOf(spec, still)),
    };
  }

  /** Sends a payload that the user has agreed to. Errors go to `failure`. */
  async send({ job: id, spec, still, options }: StillPayload): Promise<void> {
    const projectId = this.#studio.project?.id;
    if (!projectId || this.isRunning) return;
    const run = new AbortController();
    this.#run = run;
    this.failure = null;
    this.text = '';
    try {
      const job = await RemoteJob.start(this.#server.link, id, await requestOf(spec, still));
      run.signal.addEventListener('abort', () => job.cancel());
      // It may have been cancelled before there was a job to cancel.
      if (run.signal.aborted) job.cancel();
      for await (const event of job) {
        if (event.t === 'text') this.text = event.text;
        if (event.t !== 'done') continue;
        const { engine, isPreview, weights, text = '' } = event.result;
        if (!text.trim()) break;
        const title = this.#server.engines.find(({ name }) => name === engine)?.title ?? engine;
        const maker: Maker = { where: 'server', name: engine, title, isPreview, weights };
        const output = { text: text.slice(0, 2000) };
        await this.#studio.addDescription(projectId, options, { output, maker });
      }
    } catch (error) {
      if (!isAbort(error) && !run.signal.aborted) this.failure = toFailure(error);
    } finally {
      if (this.#run === run) {
        this.#run = null;
        this.text = null;
      }
    }
    if (run.signal.aborted) return;
    // Prompts follow at once, since they take no time; sound is made only on request.
    if (this.#studio.project?.id === projectId && !this.#studio.isRunning) await this.#studio.run('prompt');
  }

  /** Cancels it, here and on the server. */
  cancel(): void {
    this.#run?.abort();
    this.#run = null;
    this.text = null;
  }

  /** Dismisses the last failure. */
  dismiss(): void {
    this.failure = null;
  }
}

async function requestOf(spec: DescribeSpec, still: Blob): Promise<RemoteRequest> {
  return { verb: 'describe', spec, still: new Uint8Array(await still.arrayBuffer()), mime: 'image/jpeg' };
}
