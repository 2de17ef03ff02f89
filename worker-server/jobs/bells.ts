/** Wakes those that wait for news of a name: a job, a run. Nothing is kept for those that don't wait just now. */
export class Bells {
  readonly #waiting = new Map<string, Set<() => void>>();

  ring(name: string): void {
    const waiting = this.#waiting.get(name);
    this.#waiting.delete(name);
    for (const wake of waiting ?? []) wake();
  }

  ringAll(): void {
    for (const name of [...this.#waiting.keys()]) this.ring(name);
  }

  /** Resolves at the next ring. Rejects with the signal's reason. */
  wait(name: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(name) ?? new Set();
    this.#waiting.set(name, waiting);
    const wake = () => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const stop = () => {
      waiting.delete(wake);
      if (waiting.size === 0 && this.#waiting.get(name) === waiting) this.#waiting.delete(name);
      reject(signal.reason as Error);
    };
    waiting.add(wake);
    signal.addEventListener('abort', stop, { once: true });
    return promise;
  }
}
