/** A queue of events for one reader, which may be slower than they arrive. */
export class EventQueue<Event> implements AsyncIterable<Event> {
  #waiting: Event[] = [];
  #end: { error: Error | null } | null = null;
  #wake: (() => void) | null = null;

  push(event: Event): void {
    if (this.#end) return;
    this.#waiting.push(event);
    this.#wake?.();
  }

  /** Ends the iteration after the queued events, with an error if there is one. Later calls have no effect. */
  end(error: Error | null = null): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void> {
    for (;;) {
      while (this.#waiting.length > 0) yield this.#waiting.shift()!;
      if (this.#end?.error) throw this.#end.error;
      if (this.#end) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
    }
  }
}
