import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** How a command went: its exit code, what it printed, its time, and the memory of its whole process tree. */
export interface Finished {
  code: number;
  output: string;
  seconds: number;
  /** Largest sum of proportional set sizes (PSS) of the command and all its children, MiB; 0 outside Linux. */
  peakMegabytes: number;
}

/** Runs a command to its end, measuring time and the memory of its process tree five times a second. */
export function runCommand(command: string, args: string[]): Promise<Finished> {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let peakMegabytes = 0;
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const timer = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, treeMegabytes(child.pid!));
  }, 200);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ code: code ?? 1, output, seconds: (performance.now() - began) / 1000, peakMegabytes });
    });
  });
}

/** One JSON answer of ffprobe about a file. */
export function ffprobe<T>(file: string, ...args: string[]): T {
  return JSON.parse(
    execFileSync('ffprobe', ['-v', 'error', '-of', 'json', ...args, file], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    }),
  ) as T;
}

/** Mebibytes of a process and all its children (PSS); 0 outside Linux. */
export function treeMegabytes(root: number): number {
  if (process.platform !== 'linux') return 0;
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(readProc(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const sum = (pid: number): number => {
    const pss = /^Pss:\s+(\d+)/m.exec(readProc(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0;
    return Number(pss) / 1024 + (children.get(pid) ?? []).map(sum).reduce((a, b) => a + b, 0);
  };
  return Math.round(sum(root));
}

/** A process may end between listing and reading. */
function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
