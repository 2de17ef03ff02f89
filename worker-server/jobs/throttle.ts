/** The timer checks so many times per interval. Values that are due at the same check are delivered together. */
const CHECKS_PER_INTERVAL = 5;

interface Slot<Value> {
  /** When a value passed last, by `performance.now()`. */
  passedAt: number;
  /** The latest value since then, if any. */
  pending: Value | null;
}

/** Throttles values of which only the latest matters: per owner and kind, one passes per interval. */
export class Throttle<Value> implements Disposable {
  readonly #intervalMs: number;
  readonly #deliver: (values: Value[]) => void;
  readonly #slots = new Map<string, Map<string, Slot<Value>>>();
  #timer: NodeJS.Timeout | null = null;

  /** @param deliver Receives the values that were delayed, of all owners. */
  constructor(intervalMs: number, deliver: (values: Value[]) => void) {
    this.#intervalMs = intervalMs;
    this.#deliver = deliver;
  }

  /** True when the value may pass now. Otherwise it is delivered at the end of the interval, unless a newer one comes. */
  offer(owner: string, kind: string, value: Value): boolean {
    const kinds = this.#slots.get(owner) ?? new Map<string, Slot<Value>>();
    const slot = kinds.get(kind);
    if (slot) {
      slot.pending = value;
      return false;
    }
    this.#slots.set(owner, kinds.set(kind, { passedAt: performance.now(), pending: null }));
    this.#timer ??= setInterval(() => this.#check(), this.#intervalMs / CHECKS_PER_INTERVAL).unref();
    return true;
  }

  /** Drops the pending values of an owner. */
  discard(owner: string): void {
    this.#slots.delete(owner);
  }

  [Symbol.dispose](): void {
    this.#slots.clear();
    this.#check();
  }

  #check(): void {
    const now = performance.now();
    const due: Value[] = [];
    for (const [owner, kinds] of this.#slots) {
      for (const [kind, slot] of kinds) {
        if (now - slot.passedAt < this.#intervalMs) continue;
        if (slot.pending === null) kinds.delete(kind);
        else {
          due.push(slot.pending);
          kinds.set(kind, { passedAt: now, pending: null });
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
