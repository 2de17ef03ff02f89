import { wrap, type Remote } from 'comlink';

/** A worker stopped by itself: out of memory, or its script could not be loaded. */
export class WorkerDiedError extends Error {
  override name = 'WorkerDiedError';
}

/**
 * Owns one Web Worker: opens it at the first call, keeps it for the next, ends it when a call is aborted or it dies.
 * After `terminate()` a comlink call never settles, hence every call is raced with the signal.
 */
export class WorkerRoom<Api> {
  #create: new () => Worker;
  #open: {
    worker: Worker;
    api: Remote<Api>;
    died: Promise<never>;
    reject: (error: WorkerDiedError) => void;
  } | null = null;

  /** @param create A worker's constructor, from an import with `?worker`. */
  constructor(create: new () => Worker) {
    this.#create = create;
  }

  /**
   * Calls into the worker. Rejects with `signal.reason` as soon as the signal aborts; the worker is ended then.
   * @throws WorkerDiedError when the worker stops by itself; the next call opens a fresh one.
   */
  async call<T>(signal: AbortSignal, use: (api: Remote<Api>) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const room = (this.#open ??= this.#start());
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const onAbort = () => {
      reject(signal.reason);
      this.close();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([use(room.api), aborted, room.died]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Ends the worker, if there is one; calls that still wait reject. The next call opens another. */
  close(): void {
    this.#end(new WorkerDiedError('A background worker of this page was ended before it was done.'));
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #start() {
    const worker = new this.#create();
    const { promise: died, reject } = Promise.withResolvers<never>();
    died.catch(() => undefined);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const why = event.message ? `: ${event.message}` : '';
      this.#end(new WorkerDiedError(`A background worker of this page stopped by itself${why}.`));
    });
    return { worker, api: wrap<Api>(worker), died, reject };
  }

  #end(error: WorkerDiedError): void {
    this.#open?.worker.terminate();
    this.#open?.reject(error);
    this.#open = null;
  }
}
