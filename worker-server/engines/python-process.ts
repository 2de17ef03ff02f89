import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { encodeFrame, readFrames, type Frame } from './framed-stdio.ts';

/** A structured log line of an engine. It must not contain input of users. */
export interface EngineLogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
  [detail: string]: unknown;
}

/** How a process ended: its exit code, the signal that killed it, or the error if it could not be started. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  error?: NodeJS.ErrnoException;
}

const MAX_LINES = 20;
const LEVELS = ['debug', 'info', 'warn', 'error'];

/**
 * A child process that exchanges frames over stdin and stdout and logs to stderr. It has its own process group, so that
 * its children are killed with it, and Ctrl+C reaches only the server, which then stops it.
 */
export class PythonProcess {
  /** Resolves when the process has ended. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** The newest unstructured lines of stderr, such as the output of an installer. */
  readonly lastLines: string[] = [];
  /** When true, unstructured lines are only counted, as libraries may log prompts. */
  isWithholding = false;
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
    // Writing to a process that has ended fails; `ended` reports that.
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stderr }).on('line', (line) => this.#readLine(line));
  }

  /** The frames that the process sends, until it ends. @throws FrameError */
  frames(): AsyncGenerator<Frame> {
    return readFrames(this.#child.stdout);
  }

  send(message: Record<string, unknown>, payload?: Uint8Array): void {
    if (!this.#child.stdin.destroyed) this.#child.stdin.write(encodeFrame(message, payload));
  }

  /** Kills the process and its children. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#hasEnded) return;
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended just before.
    }
  }

  /** Closes its stdin, which makes it exit, and kills it after the grace period. */
  async end(graceMs: number): Promise<void> {
    this.#child.stdin.destroy();
    const timer = setTimeout(() => this.kill(), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  #readLine(line: string): void {
    const structured = readLogLine(line);
    if (structured) {
      const withheld = this.#withheld > 0 ? { withheldLines: this.#withheld } : {};
      this.#withheld = 0;
      this.#log({ ...structured, ...withheld });
      return;
    }
    if (!line.trim()) return;
    if (this.isWithholding) {
      this.#withheld++;
      return;
    }
    this.lastLines.push(line);
    if (this.lastLines.length > MAX_LINES) this.lastLines.shift();
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
