import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { TICKET_MILLISECONDS, type TicketStore } from '../access/ticket-store.ts';
import { callRedis } from './connect.ts';
import { keyOf } from './scripts.ts';

/** Tickets in Redis: issued by one gateway, redeemed once at any of them. */
export class RedisTicketStore implements TicketStore {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** @throws QueueUnavailableError */
  async issue(): Promise<string> {
    const ticket = randomBytes(24).toString('base64url');
    await callRedis(() => this.#redis.set(keyOf('ticket', ticket), '1', 'PX', TICKET_MILLISECONDS));
    return ticket;
  }

  /** @throws QueueUnavailableError */
  async redeem(ticket: string): Promise<boolean> {
    if (!/^[\w-]{32}$/.test(ticket)) return false;
    return (await callRedis(() => this.#redis.getdel(keyOf('ticket', ticket)))) === '1';
  }
}
