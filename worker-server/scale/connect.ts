import { Redis } from 'ioredis';
import { QueueUnavailableError } from '../jobs/job-queue.ts';

/** Between two tries to reach a Redis that is away. */
const RETRY_MILLISECONDS = 200;
/** How often a command of a gateway is tried over a new connection: some five seconds. */
const MOST_TRIES = 25;

/**
 * A connection to Redis that comes back by itself; what was said meanwhile is said then.
 * @param patience `endless`: commands wait as long as it takes. `some`: they fail after some five seconds. `none`: they
 * fail at once while there is no connection.
 */
export function connect(
  url: string,
  patience: 'endless' | 'some' | 'none',
  onUnexpectedError: (error: unknown) => void,
): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: { endless: null, some: MOST_TRIES, none: 0 }[patience],
    enableOfflineQueue: patience !== 'none',
    retryStrategy: () => RETRY_MILLISECONDS,
    keepAlive: 5000,
  });
  let hasFailed = false;
  // It tries again several times a second: once is enough to say so.
  redis.on('error', (error) => {
    if (!hasFailed) onUnexpectedError(error);
    hasFailed = true;
  });
  redis.on('ready', () => (hasFailed = false));
  return redis;
}

/** True for what a command ends with when Redis could not be reached. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isOfConnection = error.name === 'MaxRetriesPerRequestError' || 'syscall' in error;
  return isOfConnection || /Connection is closed|enableOfflineQueue|^LOADING/.test(error.message);
}

/** Asks Redis. @throws QueueUnavailableError when it can't be reached. */
export async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    throw isAway(error) ? new QueueUnavailableError() : error;
  }
}

/** What a Redis says that may take no more memory (`maxmemory-policy noeviction`). */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /^OOM |\bOOM command/.test(error.message);
}
