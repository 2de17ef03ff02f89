import { RateLimits } from '../access/rate-limits.ts';
import type { JobDesk } from '../jobs/job-desk.ts';
import { DeskAwayError } from '../jobs/job-desk.ts';
import { limitsOf } from '../limits-of.ts';
import type { Log } from '../log.ts';
import type { Access } from '../service.ts';
import type { Settings } from '../settings.ts';
import { connect } from './connect.ts';
import { openRedisDesk } from './open-redis-desk.ts';
import { RedisTickets } from './redis-tickets.ts';
import { keyOf } from './scripts.ts';

/** What a server shares with others by way of Redis. */
export interface Gateway extends AsyncDisposable {
  desk: JobDesk;
  access: Access;
}

/**
 * Opens what all gateways share: the desk, the tickets and the count of who did what how often.
 * @throws DeskAwayError when REDIS_URL can't be reached.
 */
export async function openGateway(settings: Settings, log: Log): Promise<Gateway> {
  const url = settings.REDIS_URL;
  const onFault = (error: unknown) =>
    log.error({ error: (error as Error).stack }, 'the desk met an error of its own');
  await using stack = new AsyncDisposableStack();
  const desk = stack.use(await openDesk(url, settings, onFault));
  const redis = stack.adopt(connect(url, 'some', onFault), (each) => each.disconnect());
  // No request waits to be counted: while Redis is away, each gateway counts for itself.
  const counting = stack.adopt(connect(url, 'none', onFault), (each) => each.disconnect());
  const rateLimits = new RateLimits(settings, { client: counting, prefix: keyOf('limit') });
  const access = { rateLimits, tickets: new RedisTickets(redis) };
  const opened = stack.move();
  return { desk, access, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function openDesk(
  url: string,
  settings: Settings,
  onFault: (error: unknown) => void,
): Promise<JobDesk> {
  try {
    return await openRedisDesk({ url, limits: limitsOf(settings), onFault });
  } catch (error) {
    if (!(error instanceof DeskAwayError)) throw error;
    throw new DeskAwayError(`There is no Redis at ${new URL(url).host} (see REDIS_URL).`);
  }
}
