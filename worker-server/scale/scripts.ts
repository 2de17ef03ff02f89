import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { QUEUE_LIMITS } from '../jobs/queue-limits.ts';

const NAMES = [
  ...['submit', 'begin', 'emit-transient', 'announce', 'append', 'finish', 'settle'],
  ...['cancel', 'state', 'places', 'resume', 'heartbeat', 'roster', 'leave', 'use', 'catch-up'],
] as const;

/** Where all keys are. The braces keep them on one node of a Redis cluster. */
export const KEYS = '{immersivaudio}';

/** The attempt that speaks is no longer the one that holds the run: it was taken for dead, or nobody wants it any more. */
export class StaleRunError extends Error {
  override name = 'StaleRunError';
}

/** Redis was killed and has forgotten what it had been told in its last second. */
export class ForgottenError extends Error {
  override name = 'ForgottenError';
}

type Name = (typeof NAMES)[number];
type Command = (
  keys: string,
  retentionMs: number,
  ...args: (string | number | Uint8Array)[]
) => Promise<unknown>;

/** What happens in Redis as one step, all of it or nothing: the files in `lua/`. */
export class Scripts {
  readonly #commands: Record<Name, Command>;
  readonly #retentionMs: number;

  /** @param retentionMs How long ended jobs are kept. */
  constructor(redis: Redis, retentionMs: number) {
    const prelude = `local EVENTS_PER_JOB = ${QUEUE_LIMITS.eventsPerJob}\n${read('prelude')}`;
    for (const name of NAMES) {
      redis.defineCommand(`queue:${name}`, { numberOfKeys: 1, lua: `${prelude}\n${read(name)}` });
    }
    const defined = redis as unknown as Record<string, Command>;
    const commands = NAMES.map((name) => [name, defined[`queue:${name}`]!.bind(redis)]);
    this.#commands = Object.fromEntries(commands) as Record<Name, Command>;
    this.#retentionMs = retentionMs;
  }

  /** @throws StaleRunError; ForgottenError; what the connection throws. */
  async call<Answer>(name: Name, ...args: (string | number | Uint8Array)[]): Promise<Answer> {
    try {
      return (await this.#commands[name](KEYS, this.#retentionMs, ...args)) as Answer;
    } catch (error) {
      const { message } = error as Error;
      if (message.startsWith('STALE')) throw new StaleRunError(message);
      if (message.startsWith('GAP')) throw new ForgottenError(message);
      throw error;
    }
  }
}

/** The name of a key. */
export function keyOf(...names: string[]): string {
  return [KEYS, ...names].join(':');
}

function read(name: string): string {
  return readFileSync(join(import.meta.dirname, 'lua', `${name}.lua`), 'utf8');
}
