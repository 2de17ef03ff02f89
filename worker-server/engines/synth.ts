import { Worker } from 'node:worker_threads';
import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import { SAMPLE_RATE } from '#lib/synth/dsp/sample-rate.ts';
import type { StereoChunk } from '#lib/synth/render.ts';
import { EngineError, type Engine, type Generated, type SoundListener } from './engine.ts';
import type { FromSynthThread, ToSynthThread } from './synth-thread.ts';

/**
 * The project's own sound engine, for servers without a GPU: 48 kHz stereo, made piece by piece in a thread that stays.
 * What it makes is a preview of what a model would make.
 */
export class SynthEngine implements Engine {
  #thread: Worker | null = null;
  #turn = 0;
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
      weights: [],
    };
  }

  start(): Promise<void> {
    if (this.#thread) return Promise.resolve();
    const thread = new Worker(new URL('./synth-thread.ts', import.meta.url));
    this.#thread = thread;
    thread.on('message', (message: FromSynthThread) => {
      if (message.turn === this.#turn) this.#answer?.resolve(message);
    });
    const die = () => {
      if (this.#thread === thread) this.#thread = null;
      this.#answer?.reject(new EngineError('The synthesiser stopped in the middle of its work.', true));
    };
    thread.on('error', die);
    thread.on('exit', die);
    // A server that has nothing else to do may end; while sound is made it has.
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
    // One take of everything before the next: a whole soundtrack is there early.
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

  /** The pieces of a part; the next one is made while the last is written. */
  async *#part(begin: ToSynthThread['begin'], signal: AbortSignal): AsyncGenerator<StereoChunk> {
    let coming = this.#ask(begin);
    try {
      for (;;) {
        signal.throwIfAborted();
        const answer = await coming;
        signal.throwIfAborted();
        if ('problem' in answer) {
          throw new EngineError(`The synthesiser could not make this: ${answer.problem}`, false);
        }
        if ('isOver' in answer) return;
        coming = this.#ask();
        yield answer.chunk;
      }
    } finally {
      // What was asked for but not taken is of no use; a thread that dies is told at the next question.
      coming.catch(() => undefined);
    }
  }

  #ask(begin?: ToSynthThread['begin']): Promise<FromSynthThread> {
    if (!this.#thread) return Promise.reject(new EngineError('The synthesiser is not running.', true));
    if (begin) this.#turn++;
    this.#answer = Promise.withResolvers();
    this.#thread.postMessage({ turn: this.#turn, begin } satisfies ToSynthThread);
    return this.#answer.promise;
  }
}
