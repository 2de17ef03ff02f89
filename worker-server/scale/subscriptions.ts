import type { Redis } from 'ioredis';
import { keyOf } from './scripts.ts';

/** Prefix of the pub/sub channels. */
const CHANNELS = keyOf('bell', '');
/** Waiting ends after this time even without a message, since messages are lost while the connection is down. */
const POLL_MILLISECONDS = 5000;

/** A subscription to one name. Notifications between two waits are not missed. */
export class Subscription implements Disposable {
  readonly #unsubscribe: () => void;
  #isNotified = false;
  #wake: (() => void) | null = null;

  constructor(unsubscribe: () => void) {
    this.#unsubscribe = unsubscribe;
  }

  notify(): void {
    this.#isNotified = true;
    this.#wake?.();
  }

  /** Resolves when there was a notification since the last call, or after 5 s. Rejects with the signal's reason. */
  async next(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#isNotified) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = () => resolve();
      this.#wake = wake;
      const timer = setTimeout(wake, POLL_MILLISECONDS).unref();
      signal.addEventListener('abort', wake, { once: true });
      await promise;
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
    }
    this.#wake = null;
    this.#isNotified = false;
    signal.throwIfAborted();
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
  }
}

/** All subscriptions of this process, over one Redis connection. */
export class Subscriptions implements Disposable {
  readonly #redis: Redis;
  readonly #subscribers = new Map<string, Set<Subscription>>();

  /** @param redis A connection of its own: a subscribed connection can't send other commands. */
  constructor(redis: Redis) {
    this.#redis = redis;
    redis.on('message', (channel: string) => this.#notify(channel.slice(CHANNELS.length)));
    // Messages were lost while the connection was down.
    redis.on('ready', () => this.notifyAll());
  }

  /** Subscribes to a name: `job:<id>` or `run:<id>`. The Redis channel is shared by all its subscribers. */
  subscribe(name: string): Subscription {
    const subscribers = this.#subscribers.get(name) ?? new Set();
    const subscription = new Subscription(() => {
      subscribers.delete(subscription);
      if (subscribers.size > 0 || this.#subscribers.get(name) !== subscribers) return;
      this.#subscribers.delete(name);
      this.#redis.unsubscribe(CHANNELS + name).catch(() => undefined);
    });
    subscribers.add(subscription);
    if (subscribers.size === 1) {
      this.#subscribers.set(name, subscribers);
      const subscribed = this.#redis.subscribe(CHANNELS + name);
      // Messages before the subscription was confirmed were missed.
      subscribed.then(() => this.#notify(name)).catch(() => undefined);
    }
    return subscription;
  }

  notifyAll(): void {
    for (const name of this.#subscribers.keys()) this.#notify(name);
  }

  [Symbol.dispose](): void {
    this.#redis.disconnect();
    this.notifyAll();
  }

  #notify(name: string): void {
    for (const subscription of this.#subscribers.get(name) ?? []) subscription.notify();
  }
}
