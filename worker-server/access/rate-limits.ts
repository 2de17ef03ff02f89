import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { ApiError } from '../api-error.ts';
import type { Settings } from '../settings.ts';

/** Messages per socket in ten seconds. */
const MESSAGES_PER_10_SECONDS = 100;
/** Wrong tokens per address and minute. */
const WRONG_TOKENS_PER_MINUTE = 10;
/** Requests for unknown links per address and minute. */
const LOST_LINKS_PER_MINUTE = 30;
/** New links per address and hour. */
const LINKS_PER_HOUR = 60;

export type LimitName = 'requests' | 'submits' | 'messages' | 'wrongTokens' | 'lostLinks' | 'links';

/** A Redis that several servers keep their counters in. */
export interface SharedCount {
  /** An ioredis client whose commands fail at once while it is disconnected. */
  client: unknown;
  prefix: string;
}

/** Rate limits per client. */
export class RateLimits {
  #limiters: Record<LimitName, RateLimiterAbstract>;

  /** @param shared While Redis is unavailable, each server counts on its own. */
  constructor(
    settings: Pick<Settings, 'REQUESTS_PER_MINUTE' | 'SUBMITS_PER_MINUTE'>,
    shared: SharedCount | null = null,
  ) {
    const limiter = (name: LimitName, points: number, duration: number) => {
      const memory = new RateLimiterMemory({ points, duration });
      if (!shared) return memory;
      return new RateLimiterRedis({
        storeClient: shared.client,
        keyPrefix: `${shared.prefix}:${name}`,
        ...{ points, duration, insuranceLimiter: memory },
      });
    };
    this.#limiters = {
      requests: limiter('requests', settings.REQUESTS_PER_MINUTE, 60),
      submits: limiter('submits', settings.SUBMITS_PER_MINUTE, 60),
      // Counted per socket, and a socket belongs to one server.
      messages: new RateLimiterMemory({ points: MESSAGES_PER_10_SECONDS, duration: 10 }),
      wrongTokens: limiter('wrongTokens', WRONG_TOKENS_PER_MINUTE, 60),
      lostLinks: limiter('lostLinks', LOST_LINKS_PER_MINUTE, 60),
      links: limiter('links', LINKS_PER_HOUR, 3600),
    };
  }

  /** Counts one action. @throws ApiError 429 above the limit. */
  async count(name: LimitName, client: string): Promise<void> {
    try {
      await this.#limiters[name].consume(client);
    } catch (error) {
      throw error instanceof RateLimiterRes ? tooMany(name, error.msBeforeNext) : error;
    }
  }

  /** Checks without counting. @throws ApiError 429 when the limit is reached. */
  async check(name: LimitName, client: string): Promise<void> {
    const limiter = this.#limiters[name];
    const spent = await limiter.get(client);
    if (spent && spent.consumedPoints >= limiter.points) throw tooMany(name, spent.msBeforeNext);
  }
}

function tooMany(name: LimitName, retryAfterMs: number): ApiError {
  const what = {
    ...{ requests: 'requests', submits: 'jobs', messages: 'messages', wrongTokens: 'wrong tokens' },
    ...{ lostLinks: 'wrong links', links: 'links' },
  }[name];
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new ApiError(429, 'RateLimitError', `Too many ${what} came: try again in ${seconds} s.`, {
    retryAfterMs,
  });
}
