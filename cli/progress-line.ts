import type { WriteStream } from 'node:tty';
import type { JobProgress } from '#lib/protocol/job-page-api.ts';

const CELLS = 24;

/** Shows how far a file is: a bar that moves on a terminal, else one line per step. */
export class ProgressLine {
  readonly #stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>;
  readonly #title: string;
  readonly #shown = new Set<string>();

  constructor(stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>, title: string) {
    this.#stream = stream;
    this.#title = title;
  }

  show({ step, fraction }: JobProgress): void {
    if (this.#stream.isTTY) {
      const full = Math.round(fraction * CELLS);
      const bar = '█'.repeat(full) + '░'.repeat(CELLS - full);
      const percent = `${Math.round(fraction * 100)} %`.padStart(5);
      this.#rewrite(`${bar} ${percent}  ${step.padEnd(12)} ${this.#title}`);
    } else if (!this.#shown.has(step)) {
      // Steps that run side by side report in turn.
      this.#shown.add(step);
      this.#stream.write(`${this.#title}: ${step}\n`);
    }
  }

  /** Takes the bar away, so that the next line stands alone. */
  clear(): void {
    if (this.#stream.isTTY) this.#rewrite('');
  }

  #rewrite(text: string): void {
    this.#stream.write(`\r${text.slice(0, (this.#stream.columns || 80) - 1)}\u001b[K`);
  }
}
