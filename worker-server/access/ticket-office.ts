import { randomBytes } from 'node:crypto';

/** How long a ticket is good. */
export const TICKET_MILLISECONDS = 30_000;
/** Tickets that are out at once; the oldest falls when there are more. */
const MOST_TICKETS = 10_000;

/** Gives out tickets that open one socket each, since a browser can show a token nowhere in its handshake. */
export interface Tickets {
  issue(): string | Promise<string>;
  /** True once for each ticket, within its time. */
  redeem(ticket: string): boolean | Promise<boolean>;
}

/** The tickets of one process. */
export class TicketOffice implements Tickets {
  #expiries = new Map<string, number>();
  #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  issue(): string {
    this.#forgetOld();
    const ticket = randomBytes(24).toString('base64url');
    this.#expiries.set(ticket, this.#now() + TICKET_MILLISECONDS);
    return ticket;
  }

  redeem(ticket: string): boolean {
    const expiry = this.#expiries.get(ticket);
    this.#expiries.delete(ticket);
    return expiry !== undefined && this.#now() < expiry;
  }

  #forgetOld(): void {
    for (const [ticket, expiry] of this.#expiries) {
      if (this.#now() < expiry && this.#expiries.size < MOST_TICKETS) return;
      this.#expiries.delete(ticket);
    }
  }
}
