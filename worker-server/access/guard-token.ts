import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../api-error.ts';
import type { RateLimits } from './rate-limits.ts';
import { isSameSecret } from './secrets.ts';

/**
 * Requires `Authorization: Bearer <token>`. An empty token disables the check.
 * @param addressOf The client that wrong tokens are counted for.
 * @throws ApiError 401; 429 after too many wrong tokens, even if the token is right.
 */
export function guardToken(
  token: string,
  limits: RateLimits,
  addressOf: (c: Parameters<MiddlewareHandler>[0]) => string,
): MiddlewareHandler {
  return async (c, next) => {
    if (token === '') return next();
    const shown = /^Bearer +(\S{1,256})$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    if (shown === undefined)
      throw unauthorized('This server wants a token: send it as "Authorization: Bearer …".');
    await limits.check('wrongTokens', addressOf(c));
    if (!isSameSecret(shown, token)) {
      await limits.count('wrongTokens', addressOf(c));
      throw unauthorized('The token is not the one of this server.');
    }
    return next();
  };
}

function unauthorized(message: string): ApiError {
  return new ApiError(401, 'TokenError', message);
}
