import { Worker } from 'node:worker_threads';
import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import { MAX_SEGMENTS, type GenerateSpec } from '#lib/protocol/job-request.ts';
import { SAMPLE_RATE } from '#lib/synth/dsp/sample-rate.ts';
import type { StereoChunk } from '#lib/synth/render.ts';
import { EngineError, type Engine, type Generated, type SoundListener } from './engine.ts';
import type { FromSynthThread, ToSynthThread } from './synth-thread.ts';

/**
 * The project's own synthesiser, for servers without a GPU: 48 kHz stereo, rendered chunk by chunk in a worker thread.
 * Its results count as previews.
 */
export class SynthEngine implements Engine {
  #thread: Worker | null = null;
  #partNumber = 0;
  #answer: PromiseWithResolvers<FromSynthThread> | null = null;

  about(): EngineAbout {
    return {
      name: 'synth',
      title: 'Built-in synthesiser',
      isPreview: true,
      canGenerate: true,
      canDescribe: false,
      state: 'ready',
      sampleRate: SAMPLE_RATE,
      channels: 2,
      maxSegments: MAX_SEGMENTS,
      weights: [],
    };
  }

  start(): Promise<void> {
    if (this.#thread) return Promise.resolve();
    const thread = new Worker(new URL('./synth-thread.ts', import.meta.url));
    this.#thread = thread;
    thread.on('message', (message: FromSynthThread) => {
      if (message.partNumber === this.#partNumber) this.#answer?.resolve(message);
    });
    const onEnd = () => {
      if (this.#thread === thread) this.#thread = null;
      this.#answer?.reject(new EngineError('The synthesiser stopped in the middle of its work.', true));
    };
    thread.on('error', onEnd);
    thread.on('exit', onEnd);
    // An idle thread must not keep the process alive; `generate()` refs it.
    thread.unref();
    return Promise.resolve();
  }

  async generate(spec: GenerateSpec, listener: SoundListener): Promise<Generated> {
    await this.start();
    this.#thread?.ref();
    try {
      await this.#allParts(spec, listener);
    } finally {
      this.#thread?.unref();
    }
    return { ranking: null };
  }

  describe(): Promise<string> {
    return Promise.reject(new EngineError('The synthesiser makes sound; it describes no pictures.', false));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#thread?.terminate();
  }

  async #allParts(spec: GenerateSpec, listener: SoundListener): Promise<void> {
    const frames = Math.round(spec.seconds * SAMPLE_RATE);
    const kinds = (['music', 'effects'] as const).filter((kind) => spec[kind] !== undefined);
    const of = kinds.length * spec.candidates * frames;
    let done = 0;
    // One candidate of all kinds before the next one, so that a whole soundtrack is available early.
    for (let candidate = 0; candidate < spec.candidates; candidate++) {
      for (const kind of kinds) {
        for await (const { left, right } of this.#part({ spec, kind, candidate }, listener.signal)) {
          await listener.onAudio(kind, candidate, [left, right]);
          done += left.length;
          listener.onProgress('render', Math.round(done / SAMPLE_RATE), Math.round(of / SAMPLE_RATE));
        }
      }
    }
  }

  /** The chunks of a part. The next one is rendered while the last is consumed. */
  async *#part(begin: ToSynthThread['begin'], signal: AbortSignal): AsyncGenerator<StereoChunk> {
    let coming = this.#request(begin);
    try {
      for (;;) {
        signal.throwIfAborted();
        const answer = await coming;
        signal.throwIfAborted();
        if ('problem' in answer) {
          throw new EngineError(`The synthesiser could not make this: ${answer.problem}`, false);
        }
        if ('isOver' in answer) return;
        coming = this.#request();
        yield answer.chunk;
      }
    } finally {
      // The last chunk may never be awaited; if the thread ends, the next request reports it.
      coming.catch(() => undefined);
    }
  }

  #request(begin?: ToSynthThread['begin']): Promise<FromSynthThread> {
    if (!this.#thread) return Promise.reject(new EngineError('The synthesiser is not running.', true));
    if (begin) this.#partNumber++;
    this.#answer = Promise.withResolvers();
    this.#thread.postMessage({ partNumber: this.#partNumber, begin } satisfies ToSynthThread);
    return this.#answer.promise;
  }
}
