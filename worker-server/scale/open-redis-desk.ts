import { DESK_LIMITS, type DeskLimits } from '../jobs/desk-limits.ts';
import type { JobDesk } from '../jobs/job-desk.ts';
import { ask, connect } from './connect.ts';
import { JobRecords } from './job-records.ts';
import { PlaceClock } from './place-clock.ts';
import { Queues } from './queues.ts';
import { RedisDesk } from './redis-desk.ts';
import { RedisFollowers } from './redis-followers.ts';
import { Roster } from './roster.ts';
import { Scripts } from './scripts.ts';
import { Watches } from './watches.ts';

export interface RedisDeskOptions {
  /** Such as `redis://localhost:6379`. */
  url: string;
  limits?: Partial<DeskLimits>;
  /** Hears of errors that nobody foresaw, for the log. */
  onFault?: (error: unknown) => void;
}

/**
 * Opens the desk of a gateway. It keeps nothing itself: any number of gateways and workers share one Redis.
 * @throws DeskAwayError when Redis can't be reached.
 */
export async function openRedisDesk({
  url,
  limits: some,
  onFault = () => {},
}: RedisDeskOptions): Promise<JobDesk> {
  const limits = { ...DESK_LIMITS, ...some };
  await using stack = new AsyncDisposableStack();
  const redis = stack.adopt(connect(url, 'some', onFault), (each) => each.disconnect());
  const scripts = new Scripts(redis, limits.keptMs);
  const roster = new Roster(scripts);
  await ask(() => roster.refresh());
  const queues = stack.use(new Queues(redis, onFault));
  const watches = stack.use(new Watches(connect(url, 'endless', onFault)));
  const closing = new AbortController();
  stack.defer(() => closing.abort(new DOMException('The desk is closed.', 'AbortError')));
  stack.use(new PlaceClock({ redis, scripts, roster, queues, onFault }, limits.paceMs));
  const records = new JobRecords(scripts);
  const followers = new RedisFollowers(redis, records, watches, closing.signal);
  const opened = stack.move();
  const close = () => opened.disposeAsync();
  return new RedisDesk({ redis, scripts, roster, queues, records, followers, limits, close });
}
