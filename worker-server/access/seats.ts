import { ApiError } from '../api-error.ts';

/** How many things each client may hold open at once. */
export class Seats {
  #taken = new Map<string, number>();
  #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** @returns What gives the seat back; calling it twice does no harm. @throws ApiError 429 when all are taken. */
  take(client: string): () => void {
    const taken = this.#taken.get(client) ?? 0;
    if (taken >= this.#most) {
      const message = `This address has ${taken} connections open already, which is as many as it may have.`;
      throw new ApiError(429, 'TooManyConnectionsError', message, { retryAfterMs: 5000 });
    }
    this.#taken.set(client, taken + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = this.#taken.get(client)! - 1;
      if (left > 0) this.#taken.set(client, left);
      else this.#taken.delete(client);
    };
  }
}
