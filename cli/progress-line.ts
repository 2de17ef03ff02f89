import type { WriteStream } from 'node:tty';

const CELLS = 24;

/** What is known about work under way. */
export interface Progress {
  step: string | null;
  /** How far the step is, 0 … 1. */
  fraction: number;
}

/** Shows how far a file is: a bar that moves on a terminal, else one line per step. */
export class ProgressLine {
  #stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>;
  #title: string;
  #step: string | null = null;

  constructor(stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>, title: string) {
    this.#stream = stream;
    this.#title = title;
  }

  show({ step, fraction }: Progress): void {
    if (!step) return;
    if (this.#stream.isTTY) {
      const full = Math.round(fraction * CELLS);
      const bar = '█'.repeat(full) + '░'.repeat(CELLS - full);
      const percent = `${Math.round(fraction * 100)} %`.padStart(5);
      this.#rewrite(`${bar} ${percent}  ${step.padEnd(12)} ${this.#title}`);
    } else if (step !== this.#step) {
      this.#stream.write(`${this.#title}: ${step}\n`);
    }
    this.#step = step;
  }

  /** Takes the bar away, so that the next line stands alone. */
  clear(): void {
    if (this.#stream.isTTY) this.#rewrite('');
  }

  #rewrite(text: string): void {
    this.#stream.write(`\r${text.slice(0, (this.#stream.columns || 80) - 1)}\u001b[K`);
  }
}
