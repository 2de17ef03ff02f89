import { Redis } from 'ioredis';
import { QueueUnavailableError } from '../jobs/job-queue.ts';

/** Between two attempts to reconnect. */
const RECONNECT_MILLISECONDS = 200;
/** Reconnects until a command of `briefly` fails: about five seconds. */
const MAX_RECONNECTS = 25;

/**
 * Opens a connection to Redis that reconnects automatically.
 * @param retry How long commands wait for a connection: `forever`, `briefly` (about five seconds), or `never`.
 * @param onUnexpectedError Called once per disconnection.
 */
export function connect(
  url: string,
  retry: 'forever' | 'briefly' | 'never',
  onUnexpectedError: (error: unknown) => void,
): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: { forever: null, briefly: MAX_RECONNECTS, never: 0 }[retry],
    enableOfflineQueue: retry !== 'never',
    retryStrategy: () => RECONNECT_MILLISECONDS,
    keepAlive: 5000,
  });
  let hasFailed = false;
  // Each attempt to reconnect emits an error: report only the first.
  redis.on('error', (error) => {
    if (!hasFailed) onUnexpectedError(error);
    hasFailed = true;
  });
  redis.on('ready', () => (hasFailed = false));
  return redis;
}

/** True for the errors of commands when Redis can't be reached. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isOfConnection = error.name === 'MaxRetriesPerRequestError' || 'syscall' in error;
  return isOfConnection || /Connection is closed|enableOfflineQueue|^LOADING/.test(error.message);
}

/** Runs commands. @throws QueueUnavailableError when Redis can't be reached. */
export async function callRedis<Answer>(commands: () => Promise<Answer>): Promise<Answer> {
  try {
    return await commands();
  } catch (error) {
    throw isUnavailable(error) ? new QueueUnavailableError() : error;
  }
}

/** True for the error of a write when `maxmemory` is reached (`maxmemory-policy noeviction`). */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /^OOM |\bOOM command/.test(error.message);
}
