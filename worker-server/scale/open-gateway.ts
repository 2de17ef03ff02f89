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

/** What a server shares with others through Redis. */
export interface Gateway extends AsyncDisposable {
  queue: JobQueue;
  access: Access;
}

/**
 * Opens what all gateways share: the queue, tickets and rate limits.
 * @throws QueueUnavailableError when REDIS_URL can't be reached.
 */
export async function openGateway(settings: Settings, log: Log): Promise<Gateway> {
  const url = settings.REDIS_URL;
  const onUnexpectedError = (error: unknown) =>
    log.error({ error: (error as Error).stack }, 'unexpected error in the job queue');
  await using stack = new AsyncDisposableStack();
  const queue = stack.use(await openQueue(url, settings, onUnexpectedError));
  const redis = stack.adopt(connect(url, 'briefly', onUnexpectedError), (each) => each.disconnect());
  // Rate limits must not delay requests: while Redis is unavailable, each gateway counts on its own.
  const counting = stack.adopt(connect(url, 'never', onUnexpectedError), (each) => each.disconnect());
  const rateLimits = new RateLimits(settings, { client: counting, prefix: keyOf('limit') });
  const access = { rateLimits, tickets: new RedisTicketStore(redis) };
  const opened = stack.move();
  return { queue, access, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function openQueue(
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
