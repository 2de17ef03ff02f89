import { ApiError } from '../api-error.ts';

/** Limits how many connections or streams each client may have open at once. */
export class ConcurrencyLimit {
  #open = new Map<string, number>();
  #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  /** @returns A function that releases the slot; it may be called twice. @throws ApiError 429 at the limit. */
  acquire(client: string): () => void {
    const open = this.#open.get(client) ?? 0;
    if (open >= this.#max) {
      const message = `This address has ${open} connections open already, which is as many as it may have.`;
      throw new ApiError(429, 'TooManyConnectionsError', message, { retryAfterMs: 5000 });
    }
    this.#open.set(client, open + 1);
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const left = this.#open.get(client)! - 1;
      if (left > 0) this.#open.set(client, left);
      else this.#open.delete(client);
    };
  }
}
