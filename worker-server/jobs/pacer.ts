/** So many times in a pace it is looked whether something is due; what is due together is delivered together. */
const TICKS = 5;

interface Slot<News> {
  /** When something was told last, by `performance.now()`. */
  toldAt: number;
  /** What came since then, the latest of it. */
  next: News | null;
}

/** Thins news of which only the latest counts: of each name at most one in a pace. */
export class Pacer<News> implements Disposable {
  readonly #paceMs: number;
  readonly #deliver: (news: News[]) => void;
  readonly #slots = new Map<string, Map<string, Slot<News>>>();
  #timer: NodeJS.Timeout | null = null;

  /** @param deliver Takes news that had to wait, of many names at once. */
  constructor(paceMs: number, deliver: (news: News[]) => void) {
    this.#paceMs = paceMs;
    this.#deliver = deliver;
  }

  /** True when these news may be told at once; otherwise they are delivered later, unless newer ones come first. */
  admit(owner: string, kind: string, news: News): boolean {
    const kinds = this.#slots.get(owner) ?? new Map<string, Slot<News>>();
    const slot = kinds.get(kind);
    if (slot) {
      slot.next = news;
      return false;
    }
    this.#slots.set(owner, kinds.set(kind, { toldAt: performance.now(), next: null }));
    this.#timer ??= setInterval(() => this.#tick(), this.#paceMs / TICKS).unref();
    return true;
  }

  /** Nothing of this owner that waits is delivered any more. */
  forget(owner: string): void {
    this.#slots.delete(owner);
  }

  [Symbol.dispose](): void {
    this.#slots.clear();
    this.#tick();
  }

  #tick(): void {
    const now = performance.now();
    const due: News[] = [];
    for (const [owner, kinds] of this.#slots) {
      for (const [kind, slot] of kinds) {
        if (now - slot.toldAt < this.#paceMs) continue;
        if (slot.next === null) kinds.delete(kind);
        else {
          due.push(slot.next);
          kinds.set(kind, { toldAt: now, next: null });
        }
      }
      if (kinds.size === 0) this.#slots.delete(owner);
    }
    if (this.#slots.size === 0 && this.#timer) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
    if (due.length > 0) this.#deliver(due);
  }
}
