import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { isLastEvent, type JobEvent } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import { JobUnknownError } from '../jobs/job-queue.ts';
import { isUnavailable } from './connect.ts';
import type { JobRecords } from './records.ts';
import { keyOf } from './scripts.ts';
import { readPiece } from './sound-stream.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

/** Between two attempts to read while Redis is unavailable. */
const RETRY_MILLISECONDS = 300;

/** Streams the events and the sound of jobs from Redis streams. Each reader reads at its own pace. */
export class RedisJobStreams {
  readonly #redis: Redis;
  readonly #records: JobRecords;
  readonly #subscriptions: Subscriptions;
  readonly #closing: AbortSignal;

  constructor(redis: Redis, records: JobRecords, subscriptions: Subscriptions, closing: AbortSignal) {
    this.#redis = redis;
    this.#records = records;
    this.#subscriptions = subscriptions;
    this.#closing = closing;
  }

  /** See `JobQueue.events`. */
  events(id: JobId, afterSeq: number, signal: AbortSignal): AsyncGenerator<JobEvent> {
    return this.#untilClosed(this.#events(id, afterSeq, signal), signal);
  }

  /** See `JobQueue.audio`. */
  audio(id: JobId, offset: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    return this.#untilClosed(this.#audio(id, offset, signal), signal);
  }

  async *#events(id: JobId, afterSeq: number, signal: AbortSignal): AsyncGenerator<JobEvent> {
    using subscription = this.#subscriptions.subscribe(`job:${id}`);
    let seq = afterSeq;
    for (;;) {
      signal.throwIfAborted();
      const record = await this.#retry(signal, () => this.#records.get(id));
      await this.#retry(signal, () => this.#records.catchUp(record, seq));
      const events = await this.#retry(signal, () => this.#after(id, seq));
      for (const event of events) {
        signal.throwIfAborted();
        seq = event.seq;
        yield event;
        if (isLastEvent(event)) return;
      }
      if (events.length > 0) continue;
      if (record.status !== 'queued' && record.status !== 'running') return;
      await this.#next(subscription, signal);
    }
  }

  async *#audio(id: JobId, offset: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { run } = await this.#retry(signal, () => this.#records.get(id));
    await this.#retry(signal, () => this.#records.touch(run));
    using subscription = this.#subscriptions.subscribe(`run:${run}`);
    let at = offset;
    for (;;) {
      signal.throwIfAborted();
      const { status, bytes } = await this.#retry(signal, () => this.#records.get(id));
      if (status === 'failed' || status === 'cancelled' || (status === 'done' && at >= bytes)) return;
      const piece = at < bytes ? await this.#retry(signal, () => readPiece(this.#redis, run, at)) : null;
      if (piece) {
        at += piece.length;
        yield piece;
      } else if (status === 'done') {
        throw new JobUnknownError('The sound of this job is no longer kept.');
      } else {
        await this.#next(subscription, signal);
      }
    }
  }

  async #after(id: JobId, seq: number): Promise<JobEvent[]> {
    const rows = await this.#redis.xrange(keyOf('events', id), `(${seq}-0`, '+');
    return rows.map(([name, fields]) => this.#records.event(id, Number.parseInt(name, 10), fields[3]!));
  }

  #next(subscription: Subscription, signal: AbortSignal): Promise<void> {
    return subscription.next(AbortSignal.any([signal, this.#closing]));
  }

  /** Ends the stream without an error when the queue is closed. */
  async *#untilClosed<Item>(items: AsyncGenerator<Item>, signal: AbortSignal): AsyncGenerator<Item> {
    try {
      yield* items;
    } catch (error) {
      signal.throwIfAborted();
      if (!this.#closing.aborted) throw error;
    }
  }

  /** Repeats a read until Redis is available. */
  async #retry<Answer>(signal: AbortSignal, read: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await read();
      } catch (error) {
        signal.throwIfAborted();
        if (!isUnavailable(error) || this.#closing.aborted) throw error;
        await sleep(RETRY_MILLISECONDS);
      }
    }
  }
}
