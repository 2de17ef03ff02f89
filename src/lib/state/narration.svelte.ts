import { MOST_STILL_BYTES, type DescribeSpec } from '#lib/protocol/job-request.ts';
import { newJobId } from '#lib/remote/job-id.ts';
import { RemoteJob } from '#lib/remote/remote-job.ts';
import { requestBytes, type RemoteRequest } from '#lib/remote/remote-request.ts';
import { makeStill, type StillCut } from '#lib/media/picture/still.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';
import type { Server } from './server.svelte.ts';
import type { Studio } from './studio.svelte.ts';

/** How the still is shown to the server. */
export interface StillWish {
  cut: StillCut;
  /** 0 none … 1 only a few patches of colour. */
  blur: number;
}

/** What is about to be sent, to the last byte. */
export interface StillParcel {
  job: string;
  spec: DescribeSpec;
  still: Blob;
  frame: number;
  bytes: number;
}

/** Words for the best frame from a server. They come while they are written, and can be edited as any others. */
export class Narration {
  /** The words so far; null when nothing is under way. */
  text: string | null = $state(null);
  failure: Failure | null = $state.raw(null);

  #studio: Studio;
  #server: Server;
  #job: RemoteJob | null = null;

  constructor(studio: Studio, server: Server) {
    this.#studio = studio;
    this.#server = server;
  }

  readonly isRunning = $derived(this.text !== null);

  /** What would be sent; null while there is no best frame or nobody who could describe it. */
  async prepare({ cut, blur }: StillWish): Promise<StillParcel | null> {
    const { project, current } = this.#studio;
    const { describer } = this.#server;
    const frame = current['best-frame']?.output.index;
    const picture = current.frames?.output.frames[frame ?? -1];
    if (!project || !describer || frame === undefined || !picture) return null;
    const still = await makeStill(await readBlob(picture.blob), cut, blur, MOST_STILL_BYTES);
    const job = newJobId();
    const spec = { engine: describer.name, question: project.options.description.question };
    return { job, spec, still, frame, bytes: await requestBytes(job, await requestOf(spec, still)) };
  }

  /** Sends a parcel, which the user has agreed to. A refusal lands in `failure`. */
  async send({ job: id, spec, still, frame }: StillParcel): Promise<void> {
    const projectId = this.#studio.project?.id;
    if (!projectId || this.isRunning) return;
    this.failure = null;
    this.text = '';
    let job: RemoteJob | null = null;
    try {
      job = await RemoteJob.start(this.#server.link, id, await requestOf(spec, still));
      this.#job = job;
      for await (const news of job) {
        if (news.t === 'text') this.text = news.text;
        if (news.t !== 'done') continue;
        const { engine, isPreview, weights, text = '' } = news.result;
        const given = { frame, describer: engine, isPreview, weights, made: text.slice(0, 2000) };
        if (this.#studio.project?.id !== projectId || !text.trim()) break;
        await this.#studio.change('description', { given, text: null });
      }
    } catch (error) {
      if (!isAbort(error)) this.failure = toFailure(error);
    } finally {
      if (this.#job === job) {
        this.#job = null;
        this.text = null;
      }
    }
    // Writing the prompts takes no time, so they follow at once; sound waits to be asked for.
    if (this.#studio.project?.id === projectId && !this.#studio.isRunning) await this.#studio.run('prompt');
  }

  /** Stops it, here and at the server. */
  cancel(): void {
    this.#job?.cancel();
    this.#job = null;
    this.text = null;
  }

  /** Forgets the latest refusal. */
  dismiss(): void {
    this.failure = null;
  }
}

async function requestOf(spec: DescribeSpec, still: Blob): Promise<RemoteRequest> {
  return { verb: 'describe', spec, still: new Uint8Array(await still.arrayBuffer()), mime: 'image/jpeg' };
}
