import { QUEUE_LIMITS, type QueueLimits } from '../jobs/queue-limits.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { ask, connect } from './connect.ts';
import { JobRecords } from './job-records.ts';
import { PlaceClock } from './place-clock.ts';
import { BullQueues } from './bull-queues.ts';
import { RedisQueue } from './redis-queue.ts';
import { RedisJobStreams } from './redis-job-streams.ts';
import { Roster } from './roster.ts';
import { Scripts } from './scripts.ts';
import { Subscriptions } from './subscriptions.ts';

export interface RedisQueueOptions {
  /** Such as `redis://localhost:6379`. */
  url: string;
  limits?: Partial<QueueLimits>;
  /** Hears of errors that nobody foresaw, for the log. */
  onUnexpectedError?: (error: unknown) => void;
}

/**
 * Opens the queue of a gateway. It keeps nothing itself: any number of gateways and workers share one Redis.
 * @throws QueueUnavailableError when Redis can't be reached.
 */
export async function openRedisQueue({
  url,
  limits: some,
  onUnexpectedError = () => {},
}: RedisQueueOptions): Promise<JobQueue> {
  const limits = { ...QUEUE_LIMITS, ...some };
  await using stack = new AsyncDisposableStack();
  const redis = stack.adopt(connect(url, 'some', onUnexpectedError), (each) => each.disconnect());
  const scripts = new Scripts(redis, limits.retentionMs);
  const roster = new Roster(scripts);
  await ask(() => roster.refresh());
  const bullQueues = stack.use(new BullQueues(redis, onUnexpectedError));
  const subscriptions = stack.use(new Subscriptions(connect(url, 'endless', onUnexpectedError)));
  const closing = new AbortController();
  stack.defer(() => closing.abort(new DOMException('The queue is closed.', 'AbortError')));
  stack.use(new PlaceClock({ redis, scripts, roster, bullQueues, onUnexpectedError }, limits.throttleMs));
  const records = new JobRecords(scripts);
  const streams = new RedisJobStreams(redis, records, subscriptions, closing.signal);
  const opened = stack.move();
  const close = () => opened.disposeAsync();
  return new RedisQueue({ redis, scripts, roster, bullQueues, records, streams, limits, close });
}
