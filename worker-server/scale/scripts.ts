import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { QUEUE_LIMITS } from '../jobs/queue-limits.ts';

const NAMES = [
  ...['submit', 'begin', 'emit-transient', 'announce', 'append', 'finish', 'settle'],
  ...['cancel', 'state', 'emit-positions', 'requeue-lost', 'heartbeat', 'list-workers', 'leave'],
  ...['touch', 'catch-up'],
] as const;

/** Prefix of all keys. The braces keep them on one node of a Redis cluster. */
export const KEYS = '{immersivaudio}';

/** The attempt no longer holds the run: another one took over, or the run was cancelled. */
export class StaleRunError extends Error {
  override name = 'StaleRunError';
}

/** Redis was killed and lost writes of its last second, so that this write doesn't fit the stored state. */
export class LostWritesError extends Error {
  override name = 'LostWritesError';
}

type Name = (typeof NAMES)[number];
type Command = (
  keys: string,
  retentionMs: number,
  ...args: (string | number | Uint8Array)[]
) => Promise<unknown>;

/** The Lua scripts in `lua/`, each of which Redis runs atomically. */
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

  /** @throws StaleRunError; LostWritesError; errors of the connection. */
  async call<Answer>(name: Name, ...args: (string | number | Uint8Array)[]): Promise<Answer> {
    try {
      return (await this.#commands[name](KEYS, this.#retentionMs, ...args)) as Answer;
    } catch (error) {
      const { message } = error as Error;
      if (message.startsWith('STALE')) throw new StaleRunError(message);
      if (message.startsWith('GAP')) throw new LostWritesError(message);
      throw error;
    }
  }
}

/** Joins parts to a key. */
export function keyOf(...parts: string[]): string {
  return [KEYS, ...parts].join(':');
}

function read(name: string): string {
  return readFileSync(join(import.meta.dirname, 'lua', `${name}.lua`), 'utf8');
}
