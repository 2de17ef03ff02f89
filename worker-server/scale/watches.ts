import type { Redis } from 'ioredis';
import { keyOf } from './scripts.ts';

const CHANNELS = keyOf('bell', '');
/** So often those who wait look by themselves: a bell may ring while the connection is away. */
const LOOK_MILLISECONDS = 5000;

/** Somebody who waits for news of one name. What rings between two waits is not missed. */
export class Watch implements Disposable {
  readonly #leave: () => void;
  #hasRung = false;
  #wake: (() => void) | null = null;

  constructor(leave: () => void) {
    this.#leave = leave;
  }

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  /** Resolves when it has rung since the last time, and from time to time without. Rejects with the signal's reason. */
  async next(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#hasRung) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = () => resolve();
      this.#wake = wake;
      const timer = setTimeout(wake, LOOK_MILLISECONDS).unref();
      signal.addEventListener('abort', wake, { once: true });
      await promise;
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
    }
    this.#wake = null;
    this.#hasRung = false;
    signal.throwIfAborted();
  }

  [Symbol.dispose](): void {
    this.#leave();
  }
}

/** All who wait in this process for news from Redis, over one connection. */
export class Watches implements Disposable {
  readonly #redis: Redis;
  readonly #watching = new Map<string, Set<Watch>>();

  /** @param redis A connection of its own: nothing else can be said over one that listens. */
  constructor(redis: Redis) {
    this.#redis = redis;
    redis.on('message', (channel: string) => this.#ring(channel.slice(CHANNELS.length)));
    // What rang while the connection was away was not heard.
    redis.on('ready', () => this.ringAll());
  }

  /** Each gateway listens only for what somebody there waits for. */
  watch(name: string): Watch {
    const watching = this.#watching.get(name) ?? new Set();
    const watch = new Watch(() => {
      watching.delete(watch);
      if (watching.size > 0 || this.#watching.get(name) !== watching) return;
      this.#watching.delete(name);
      this.#redis.unsubscribe(CHANNELS + name).catch(() => undefined);
    });
    watching.add(watch);
    if (watching.size === 1) {
      this.#watching.set(name, watching);
      const heard = this.#redis.subscribe(CHANNELS + name);
      // What rang before was not heard, either.
      heard.then(() => this.#ring(name)).catch(() => undefined);
    }
    return watch;
  }

  ringAll(): void {
    for (const name of this.#watching.keys()) this.#ring(name);
  }

  [Symbol.dispose](): void {
    this.#redis.disconnect();
    this.ringAll();
  }

  #ring(name: string): void {
    for (const watch of this.#watching.get(name) ?? []) watch.ring();
  }
}
