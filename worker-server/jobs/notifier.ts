/** Wakes callers that wait for a change of a job or run, by name. Notifications without a waiter are lost. */
export class Notifier {
  readonly #waiting = new Map<string, Set<() => void>>();

  notify(name: string): void {
    const waiting = this.#waiting.get(name);
    this.#waiting.delete(name);
    for (const wake of waiting ?? []) wake();
  }

  notifyAll(): void {
    for (const name of [...this.#waiting.keys()]) this.notify(name);
  }

  /** Resolves at the next notification. Rejects with the signal's reason. */
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
