import { chromium, type BrowserServer, type Page } from 'playwright';
import { findBrowser } from '../../../cli/find-browser.ts';
import { treeMegabytes } from '../run-command.ts';
import type { Timing } from './timing.ts';

/** No graph gets longer than this; an imitated GPU may need minutes for a picture. */
const PATIENCE_MILLISECONDS = 90_000;

/** Which graph to run with what, by addresses. */
export interface BrowserWish {
  device: 'wasm' | 'webgpu';
  threads: number;
  model: string;
  input: string;
  dims: readonly number[];
  output?: string;
  rounds: number;
}

/** Opens a Chromium with WebGPU and a way to ask for the memory of all its processes. */
export async function openBrowser() {
  const args = ['--no-sandbox', '--enable-unsafe-webgpu'];
  const server: BrowserServer = await chromium.launchServer({ executablePath: findBrowser(), args });
  const browser = await chromium.connect(server.wsEndpoint());
  return {
    browser,
    /** Mebibytes of the browser and all its children now; 0 outside Linux. */
    megabytes: () => treeMegabytes(server.process().pid!),
    close: () => server.close(),
  };
}

/** Runs a graph with onnxruntime-web alone, in a worker of a page; null when it takes too long. */
export async function runInBrowser(page: Page, wish: BrowserWish): Promise<Timing | null> {
  const answer = await page.evaluate(
    ([wish, patience]) =>
      new Promise<{ opened: number; first: number; runs: number[]; output: number[] } | string | null>(
        (resolve) => {
          const worker = new Worker('/runtime/run-graph.worker.js', { type: 'module' });
          const end = (value: Parameters<typeof resolve>[0]) => (worker.terminate(), resolve(value));
          worker.addEventListener('message', ({ data }) => end(data as never));
          worker.addEventListener('error', ({ message }) => end(message || 'The worker failed.'));
          setTimeout(() => end(null), patience);
          worker.postMessage(wish);
        },
      ),
    [wish, PATIENCE_MILLISECONDS] as const,
  );
  if (typeof answer === 'string') throw new Error(answer);
  return answer && { ...answer, work: [], output: Float32Array.from(answer.output) };
}

/** What the app itself took on its bench page, in milliseconds. */
export interface AppTiming {
  /** From the click to the first boxes: weights, program, opening and one photo. */
  toFirst: number;
  /** For each photo with the detector open: reading the file, decoding, the graph and reading its answer. */
  perPhoto: number;
  message: string;
}

/** Looks for things on the app's own bench page, with a model that our origin serves. */
export async function runInApp(
  page: Page,
  address: string,
  { model, device, photos }: { model: string; device: string; photos: string[] },
): Promise<AppTiming> {
  await page.goto(`${address}/bench/objects`);
  await page.getByRole('combobox', { name: 'Detector' }).selectOption(model);
  await page.getByRole('combobox', { name: 'Runs on' }).selectOption(device);
  const look = async (files: string[]) => {
    await page.setInputFiles('input[accept="image/*"]', files);
    const began = performance.now();
    await page.getByRole('button', { name: 'Look' }).click();
    await page
      .getByRole('button', { name: 'Stop' })
      .and(page.locator(':disabled'))
      .waitFor({ timeout: 300_000 });
    return performance.now() - began;
  };
  const toFirst = await look(photos.slice(0, 1));
  const perPhoto = (await look(photos)) / photos.length;
  return { toFirst, perPhoto, message: await page.locator('output').innerText() };
}
