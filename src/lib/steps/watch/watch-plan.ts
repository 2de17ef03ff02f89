import { firstFrom } from '#lib/media/scenes/windows.ts';

/** Speed is measured for this long, or a quarter of the budget, before it is judged. */
const TRIAL_SECONDS = 2;

/** What is to be watched, and how long that may take. Times are on the clock of the source, seconds. */
export class WatchPlan {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly budgetSeconds: number;
  /** Key frames, ascending. */
  readonly keys: readonly number[];

  constructor(startSeconds: number, endSeconds: number, budgetSeconds: number, keys: readonly number[]) {
    this.startSeconds = startSeconds;
    this.endSeconds = endSeconds;
    this.budgetSeconds = budgetSeconds;
    this.keys = keys;
  }

  /** The first key frame after a time; null when none is known. */
  keyAfter(seconds: number): number | null {
    return this.keys[firstFrom(this.keys, seconds + 1e-4)] ?? null;
  }
}

/** How much of the film was seen so far, and whether there is time for more. */
export class Coverage {
  #plan: WatchPlan;
  #began = performance.now();
  #seenSeconds = 0;
  #damage: string | null = null;
  #damageCount = 0;

  constructor(plan: WatchPlan) {
    this.#plan = plan;
  }

  /** Share of the film that was seen picture by picture. */
  get seen(): number {
    const length = this.#plan.endSeconds - this.#plan.startSeconds;
    return length > 0 ? Math.min(1, this.#seenSeconds / length) : 1;
  }

  /** What was wrong at the first damaged place; null when there is none. */
  get damage(): string | null {
    return this.#damage;
  }

  /** Whether the budget is used up, and half of it more. */
  get isOver(): boolean {
    return this.#elapsed > 1.5 * this.#plan.budgetSeconds;
  }

  get #elapsed(): number {
    return (performance.now() - this.#began) / 1000;
  }

  /** Notes a stretch that was seen picture by picture. */
  note(from: number, to: number): void {
    const start = Math.max(from, this.#plan.startSeconds);
    this.#seenSeconds += Math.max(0, Math.min(to, this.#plan.endSeconds) - start);
  }

  /** Notes a place that can't be decoded. @returns How many there were. */
  damaged({ message }: Error): number {
    this.#damage ??= message;
    return ++this.#damageCount;
  }

  /** How far along the film a time is, 0 … 1. */
  fractionAt(seconds: number): number {
    const { startSeconds, endSeconds } = this.#plan;
    return Math.min(1, Math.max(0, (seconds - startSeconds) / Math.max(1e-3, endSeconds - startSeconds)));
  }

  /** Whether the film would take longer than the budget at the speed so far, and there are key frames to skip to. */
  isTooSlow(seconds: number): boolean {
    const elapsed = this.#elapsed;
    const { budgetSeconds } = this.#plan;
    if (elapsed < Math.min(TRIAL_SECONDS, budgetSeconds / 4) || this.#plan.keyAfter(seconds) === null)
      return false;
    return elapsed / Math.max(1e-3, this.fractionAt(seconds)) > budgetSeconds;
  }

  /** Whether a time was reached by when it should be. */
  isOnTime(seconds: number): boolean {
    return this.#elapsed <= this.#plan.budgetSeconds * this.fractionAt(seconds);
  }
}
