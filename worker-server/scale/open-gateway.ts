import { RateLimits } from '../access/rate-limits.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { QueueUnavailableError } from '../jobs/job-queue.ts';
import { limitsOf } from '../jobs/queue-limits.ts';
import type { Log } from '../log.ts';
import type { Access } from '../service.ts';
import type { Settings } from '../settings.ts';
import { connect } from './connect.ts';
import { openRedisQueue } from './open-redis-queue.ts';
import { RedisTicketStore } from './redis-ticket-store.ts';
import { keyOf } from './scripts.ts';

/** What a server shares with others by way of Redis. */
export interface Gateway extends AsyncDisposable {
  queue: JobQueue;
  access: Access;
}

/**
 * Opens what all gateways share: the queue, the tickets and the count of who did what how often.
 * @throws QueueUnavailableError when REDIS_URL can't be reached.
 */
export async function openGateway(settings: Settings, log: Log): Promise<Gateway> {
  const url = settings.REDIS_URL;
  const onUnexpectedError = (error: unknown) =>
    log.error({ error: (error as Error).stack }, 'the queue met an error of its own');
  await using stack = new AsyncDisposableStack();
  const queue = stack.use(await openSqliteQueue(url, settings, onUnexpectedError));
  const redis = stack.adopt(connect(url, 'some', onUnexpectedError), (each) => each.disconnect());
  // No request waits to be counted: while Redis is away, each gateway counts for itself.
  const counting = stack.adopt(connect(url, 'none', onUnexpectedError), (each) => each.disconnect());
  const rateLimits = new RateLimits(settings, { client: counting, prefix: keyOf('limit') });
  const access = { rateLimits, tickets: new RedisTicketStore(redis) };
  const opened = stack.move();
  return { queue, access, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function openSqliteQueue(
  url: string,
  settings: Settings,
  onUnexpectedError: (error: unknown) => void,
): Promise<JobQueue> {
  try {
    return await openRedisQueue({ url, limits: limitsOf(settings), onUnexpectedError });
  } catch (error) {
    if (!(error instanceof QueueUnavailableError)) throw error;
    throw new QueueUnavailableError(`There is no Redis at ${new URL(url).host} (see REDIS_URL).`);
  }
}
