import type { JobQueue } from '../jobs/job-queue.ts';
import { QUEUE_LIMITS, type QueueLimits } from '../jobs/queue-limits.ts';
import { BullQueues } from './bull-queues.ts';
import { callRedis, connect } from './connect.ts';
import { QueueMonitor } from './queue-monitor.ts';
import { JobRecords } from './records.ts';
import { RedisJobStreams } from './redis-job-streams.ts';
import { RedisQueue } from './redis-queue.ts';
import { Scripts } from './scripts.ts';
import { Subscriptions } from './subscriptions.ts';
import { WorkerRegistry } from './worker-registry.ts';

export interface RedisQueueOptions {
  /** Such as `redis://localhost:6379`. */
  url: string;
  limits?: Partial<QueueLimits>;
  /** Called with unexpected errors, for the log. */
  onUnexpectedError?: (error: unknown) => void;
}

/**
 * Opens the queue of a gateway. All state is in Redis, which any number of gateways and workers share.
 * @throws QueueUnavailableError when Redis can't be reached.
 */
export async function openRedisQueue(options: RedisQueueOptions): Promise<JobQueue> {
  const { url, onUnexpectedError = () => {} } = options;
  const limits = { ...QUEUE_LIMITS, ...options.limits };
  await using stack = new AsyncDisposableStack();
  const redis = stack.adopt(connect(url, 'briefly', onUnexpectedError), (each) => each.disconnect());
  const scripts = new Scripts(redis, limits.retentionMs);
  const workers = new WorkerRegistry(scripts);
  await callRedis(() => workers.refresh());
  const bullQueues = stack.use(new BullQueues(redis, onUnexpectedError));
  const subscriptions = stack.use(new Subscriptions(connect(url, 'forever', onUnexpectedError)));
  const closing = new AbortController();
  stack.defer(() => closing.abort(new DOMException('The queue is closed.', 'AbortError')));
  stack.use(new QueueMonitor({ redis, scripts, workers, bullQueues, onUnexpectedError }, limits.throttleMs));
  const records = new JobRecords(scripts);
  const streams = new RedisJobStreams(redis, records, subscriptions, closing.signal);
  const opened = stack.move();
  const close = () => opened.disposeAsync();
  return new RedisQueue({ redis, scripts, workers, bullQueues, records, streams, limits, close });
}
