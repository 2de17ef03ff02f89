import { randomBytes } from 'node:crypto';

/** How long a ticket is valid. */
export const TICKET_MILLISECONDS = 30_000;
/** Tickets that are valid at once; issuing more invalidates the oldest. */
const MAX_TICKETS = 10_000;

/** Single-use tickets for sockets: browsers can't send a token in the headers of a WebSocket handshake. */
export interface TicketStore {
  issue(): string | Promise<string>;
  /** True if the ticket is valid, which ends with this call. */
  redeem(ticket: string): boolean | Promise<boolean>;
}

/** Tickets in the memory of one process. */
export class MemoryTicketStore implements TicketStore {
  #expiries = new Map<string, number>();
  #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  issue(): string {
    this.#removeExpired();
    const ticket = randomBytes(24).toString('base64url');
    this.#expiries.set(ticket, this.#now() + TICKET_MILLISECONDS);
    return ticket;
  }

  redeem(ticket: string): boolean {
    const expiry = this.#expiries.get(ticket);
    this.#expiries.delete(ticket);
    return expiry !== undefined && this.#now() < expiry;
  }

  #removeExpired(): void {
    for (const [ticket, expiry] of this.#expiries) {
      if (this.#now() < expiry && this.#expiries.size < MAX_TICKETS) return;
      this.#expiries.delete(ticket);
    }
  }
}
