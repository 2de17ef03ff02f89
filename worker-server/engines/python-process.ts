import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { encodeFrame, readFrames, type Frame } from './framed-stdio.ts';

/** A structured line of an engine's log; it never holds what users wrote. */
export interface EngineLogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
  [detail: string]: unknown;
}

/** How a process ended: its exit code, or the signal that ended it, or why it could not be started. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  error?: NodeJS.ErrnoException;
}

const KEPT_LINES = 20;
const LEVELS = ['debug', 'info', 'warn', 'error'];

/**
 * A child process that exchanges frames over stdin and stdout and logs on stderr. It leads a process group of its own,
 * so that what it starts ends with it, and Ctrl+C leaves it to the server to stop it.
 */
export class PythonProcess {
  /** Resolves when the process is gone; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** The newest lines on stderr that are no structured log, such as what an installer says. */
  readonly lastLines: string[] = [];
  /** When true, lines of libraries are counted and not passed on: they may quote a prompt. */
  isDiscreet = false;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #log: (line: EngineLogLine) => void;
  #hasEnded = false;
  #withheld = 0;

  constructor(command: string[], env: NodeJS.ProcessEnv, log: (line: EngineLogLine) => void) {
    const [program = '', ...args] = command;
    this.#log = log;
    const isGroup = process.platform !== 'win32';
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env, detached: isGroup });
    this.ended = new Promise((resolve) => {
      let error: NodeJS.ErrnoException | undefined;
      const end = (code: number | null, signal: NodeJS.Signals | null) => {
        this.#hasEnded = true;
        resolve({ code, signal, ...(error && { error }) });
      };
      this.#child.once('error', (reason) => {
        error = reason;
        if (this.#child.pid === undefined) end(null, null);
      });
      this.#child.once('close', end);
    });
    // A process that is gone can't be written to; `ended` tells of it.
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stderr }).on('line', (line) => this.#hear(line));
  }

  /** Frames that the process sends, until it ends or sends something else. @throws FrameError */
  frames(): AsyncGenerator<Frame> {
    return readFrames(this.#child.stdout);
  }

  send(message: Record<string, unknown>, payload?: Uint8Array): void {
    if (!this.#child.stdin.destroyed) this.#child.stdin.write(encodeFrame(message, payload));
  }

  /** Ends the process and all that it started, at once. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#hasEnded) return;
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // It went just before.
    }
  }

  /** Closes its stdin, which asks it to go, and ends it when it is still there after the grace period. */
  async end(graceMs: number): Promise<void> {
    this.#child.stdin.destroy();
    const timer = setTimeout(() => this.kill(), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  #hear(line: string): void {
    const structured = readLogLine(line);
    if (structured) {
      const withheld = this.#withheld > 0 ? { withheldLines: this.#withheld } : {};
      this.#withheld = 0;
      this.#log({ ...structured, ...withheld });
      return;
    }
    if (!line.trim()) return;
    if (this.isDiscreet) {
      this.#withheld++;
      return;
    }
    this.lastLines.push(line);
    if (this.lastLines.length > KEPT_LINES) this.lastLines.shift();
    this.#log({ level: 'debug', message: line });
  }
}

function readLogLine(line: string): EngineLogLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    const { level, message } = value;
    if (typeof message !== 'string' || !LEVELS.includes(String(level))) return undefined;
    return value as EngineLogLine;
  } catch {
    return undefined;
  }
}
