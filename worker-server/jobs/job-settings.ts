import * as v from 'valibot';
import { integer, setting } from '../setting.ts';

/** Settings of the job queue: limits, Redis and retention. */
export const JOB_SETTINGS = {
  QUEUE_LIMIT: setting('jobs that may wait', integer('QUEUE_LIMIT', 1, 100_000), '500'),
  JOBS_PER_CLIENT: setting('jobs of one address that may wait', integer('JOBS_PER_CLIENT', 1, 100_000), '3'),
  SUBMITS_PER_MINUTE: setting(
    'jobs that one address may hand in per minute',
    integer('SUBMITS_PER_MINUTE', 1, 1_000_000),
    '30',
  ),
  REQUESTS_PER_MINUTE: setting(
    'requests of one address per minute',
    integer('REQUESTS_PER_MINUTE', 1, 10_000_000),
    '600',
  ),
  SOCKETS_PER_ADDRESS: setting(
    'open sockets, and open streams, of one address',
    integer('SOCKETS_PER_ADDRESS', 1, 100_000),
    '8',
  ),
  REDIS_URL: setting(
    'Redis shared with other servers and with workers (npm run worker), which then make the sound',
    v.pipe(
      v.string(),
      v.check(
        (text) => text === '' || isRedisUrl(text),
        'REDIS_URL must be an address such as "redis://localhost:6379".',
      ),
    ),
    '',
  ),
  WORKER_PORT: setting('port of a worker for its /healthz; 0 is none', integer('WORKER_PORT', 0, 65535), '0'),
  CACHE_MEGABYTES: setting('finished audio that is kept', integer('CACHE_MEGABYTES', 1, 100_000_000), '2000'),
  KEEP_HOURS: setting('how long finished jobs are kept', integer('KEEP_HOURS', 1, 8760), '24'),
  GRACE_SECONDS: setting(
    'time for running jobs when the server stops',
    integer('GRACE_SECONDS', 0, 3600),
    '10',
  ),
};

function isRedisUrl(text: string): boolean {
  return /^rediss?:\/\//.test(text) && URL.canParse(text) && new URL(text).hostname !== '';
}
