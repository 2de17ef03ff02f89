import { createServer } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { build, type Rolldown } from 'vite';
import { findBrowser } from '../../../cli/find-browser.ts';
import type { Wish } from './parts.worker.ts';

/** What a worker took. */
export interface Taken {
  value: unknown;
  wallMilliseconds: number;
  /** Processor time of the worker's own thread; wall time where the system doesn't tell (outside Linux). */
  cpuMilliseconds: number;
}

/** A Chromium with one page that can open workers of the engine, bundled as the app bundles its own. */
export class EnginePage {
  static async open(): Promise<EnginePage & AsyncDisposable> {
    const script = await bundle();
    const server = createServer((request, response) => {
      const isScript = request.url === '/worker.js';
      response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : '<!doctype html><title>Sound</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const launched = await chromium.launchServer({ executablePath: findBrowser(), args: ['--no-sandbox'] });
    const browser = await chromium.connect(launched.wsEndpoint());
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const close = async () => {
      await launched.close();
      server.close();
    };
    return Object.assign(new EnginePage(page, launched.process().pid!), { [Symbol.asyncDispose]: close });
  }

  readonly #page: Page;
  readonly #pid: number;

  private constructor(page: Page, pid: number) {
    this.#page = page;
    this.#pid = pid;
  }

  /** Opens a fresh worker and waits until it is there. */
  async begin(): Promise<void> {
    await this.#page.evaluate(async () => {
      const now = globalThis as unknown as { worker?: Worker };
      now.worker?.terminate();
      now.worker = new Worker('/worker.js', { type: 'module' });
      await new Promise((resolve) => now.worker!.addEventListener('message', resolve, { once: true }));
    });
  }

  /** Lets the worker do something. */
  async ask(wish: Wish): Promise<Taken> {
    const before = workerMilliseconds(this.#pid);
    const { value, wallMilliseconds } = await this.#page.evaluate(async (wanted) => {
      const { worker } = globalThis as unknown as { worker: Worker };
      const began = performance.now();
      worker.postMessage(wanted);
      const value = await new Promise<unknown>((resolve) =>
        worker.addEventListener('message', ({ data }) => resolve(data), { once: true }),
      );
      return { value, wallMilliseconds: performance.now() - began };
    }, wish);
    const after = workerMilliseconds(this.#pid);
    return { value, wallMilliseconds, cpuMilliseconds: after === 0 ? wallMilliseconds : after - before };
  }

  /** Milliseconds from nothing, not even a worker, to the first chunk of a planned stem, or of a part of it made anew. */
  async firstChunk(kind: 'first' | 'anew', stem: 'music' | 'effects', seconds: number): Promise<number> {
    return this.#page.evaluate(
      async ([kind, stem, seconds]) => {
        const began = performance.now();
        const worker = new Worker('/worker.js', { type: 'module' });
        const heard = () =>
          new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }));
        await heard();
        worker.postMessage({ kind, stem, seconds });
        await heard();
        worker.terminate();
        return performance.now() - began;
      },
      [kind, stem, seconds] as const,
    );
  }
}

async function bundle(): Promise<string> {
  const entry = join(import.meta.dirname, 'parts.worker.ts');
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '../../..'),
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['es'], fileName: 'worker' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput[];
  return built[0]!.output[0].code;
}

/** Processor time of every worker thread below a process so far; 0 where /proc doesn't tell. */
function workerMilliseconds(root: number): number {
  let nanoseconds = 0;
  try {
    for (const pid of processTree(root)) {
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        const thread = `/proc/${pid}/task/${task}`;
        if (readFileSync(`${thread}/comm`, 'utf8').trim() !== 'DedicatedWorker') continue;
        nanoseconds += Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0]);
      }
    }
  } catch {
    // Not Linux, or a process has just ended.
  }
  return nanoseconds / 1e6;
}

function processTree(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        // The name of the program, in brackets, may hold anything.
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return [[Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
      } catch {
        return [];
      }
    });
  const tree = [root];
  for (const parent of tree) tree.push(...parents.filter(([, of]) => of === parent).map(([pid]) => pid));
  return tree;
}
