/** News of one kind, in order, for one reader that may be slower than they come. */
export class NewsQueue<News> implements AsyncIterable<News> {
  #waiting: News[] = [];
  #end: { error: Error | null } | null = null;
  #wake: (() => void) | null = null;

  push(news: News): void {
    if (this.#end) return;
    this.#waiting.push(news);
    this.#wake?.();
  }

  /** Ends the iteration behind what waits; with an error it throws there. Later ends change nothing. */
  end(error: Error | null = null): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<News, void> {
    for (;;) {
      while (this.#waiting.length > 0) yield this.#waiting.shift()!;
      if (this.#end?.error) throw this.#end.error;
      if (this.#end) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
    }
  }
}
