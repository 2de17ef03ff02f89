import { wrap, type Remote } from 'comlink';

/** A worker stopped by itself: it ran out of memory, or its script could not be loaded. */
export class WorkerCrashedError extends Error {
  override name = 'WorkerCrashedError';
}

/**
 * Owns one Web Worker: starts it at the first call and keeps it for the next ones. Terminates it when a call is aborted
 * or the worker crashes. After `terminate()` a comlink call never settles, so every call is raced with the signal.
 */
export class WorkerClient<Api> {
  #create: new () => Worker;
  #open: {
    worker: Worker;
    api: Remote<Api>;
    crashed: Promise<never>;
    reject: (error: WorkerCrashedError) => void;
  } | null = null;

  /** @param create The constructor of a worker, from an import with `?worker`. */
  constructor(create: new () => Worker) {
    this.#create = create;
  }

  /**
   * Calls into the worker. Rejects with `signal.reason` as soon as the signal aborts, and terminates the worker then.
   * @throws WorkerCrashedError when the worker stops by itself; the next call starts a new one.
   */
  async call<T>(signal: AbortSignal, use: (api: Remote<Api>) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const open = (this.#open ??= this.#start());
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const onAbort = () => {
      reject(signal.reason);
      this.close();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([use(open.api), aborted, open.crashed]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Terminates the worker, if there is one; pending calls reject. The next call starts a new one. */
  close(): void {
    this.#end(new WorkerCrashedError('A background worker of this page was ended before it was done.'));
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #start() {
    const worker = new this.#create();
    const { promise: crashed, reject } = Promise.withResolvers<never>();
    crashed.catch(() => undefined);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const why = event.message ? `: ${event.message}` : '';
      this.#end(new WorkerCrashedError(`A background worker of this page stopped by itself${why}.`));
    });
    return { worker, api: wrap<Api>(worker), crashed, reject };
  }

  #end(error: WorkerCrashedError): void {
    this.#open?.worker.terminate();
    this.#open?.reject(error);
    this.#open = null;
  }
}
