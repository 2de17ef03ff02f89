import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { makeClip } from '../make-clip.ts';
import { openBrowser } from './in-browser.ts';

/** Files of the app that only looking at pictures needs, by their addresses. */
const EYES = /^\/models\/.*\.onnx$|ort-wasm/;
const CLIP_SECONDS = 60;
/** Each way is run so often, in turn. */
const ROUNDS = 2;

/** Which files were asked for at what address, in order. */
export type Requests = readonly string[];

/** What the detector of the app costs: bytes of the first load, bytes that are kept, and its share of a whole job. */
export async function tellCost(address: string, build: string, requests: Requests): Promise<void> {
  await tellBytes(address, build, requests);
  await tellJobs(address);
}

async function tellBytes(address: string, build: string, requests: Requests): Promise<void> {
  const { browser, close } = await openBrowser();
  const page = await browser.newPage();
  await page.addInitScript(
    'globalThis.requestIdleCallback = (whenIdle) => { globalThis.goIdle = whenIdle; };',
  );
  const asked = () => requests.slice(from).filter((pathname) => EYES.test(pathname));
  const from = requests.length;
  await page.goto(address);
  await page.waitForFunction(() => 'goIdle' in globalThis, undefined, { timeout: 60_000 });
  const early = asked().length;
  await page.evaluate(() => (globalThis as unknown as { goIdle: () => void }).goIdle());
  while (new Set(asked()).size < 3) await page.waitForTimeout(200);
  const sizes = [...new Set(asked())].map((pathname) => {
    const path = join(build, pathname);
    return {
      stored: statSync(path).size,
      sent: (statSync(`${path}.br`, { throwIfNoEntry: false }) ?? statSync(path)).size,
    };
  });
  const megabytes = (of: 'stored' | 'sent') =>
    (sizes.reduce((sum, size) => sum + size[of], 0) / 1e6).toFixed(1);
  console.log(
    `\nBytes: ${early} of its files asked for before the page was idle; then ${sizes.length}, ` +
      `${megabytes('sent')} MB over the line, ${megabytes('stored')} MB kept.`,
  );
  await close();
}

async function tellJobs(address: string): Promise<void> {
  const clip = makeClip(CLIP_SECONDS);
  const seconds = { with: 0, without: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of ['without', 'with'] as const) {
      // A new browser each time: nothing is kept from the run before.
      const { browser, close } = await openBrowser();
      const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
      seconds[way] += await runJob(page, address, clip, way === 'with');
      await close();
    }
  }
  const each = (way: 'with' | 'without') => (seconds[way] / ROUNDS).toFixed(1);
  console.log(
    `The whole job of ${CLIP_SECONDS} s: ${each('with')} s with the detector, ${each('without')} s without: ` +
      `${(seconds.with / seconds.without).toFixed(2)}×, cold, ${ROUNDS} runs of each in turn.`,
  );
}

/** Seconds from the choice of the file to the film. */
async function runJob(page: Page, address: string, clip: string, isLooking: boolean): Promise<number> {
  await page.goto(`${address}/bench/job`);
  await page.waitForFunction(() => globalThis.immersivaudio !== undefined);
  const input = await page.evaluateHandle(() => globalThis.immersivaudio!.fileInput);
  await input.setInputFiles(clip);
  const began = performance.now();
  const answer = await page.evaluate(
    (objects) =>
      globalThis.immersivaudio!.run({
        options: { ...(objects && { objects }) },
        steps: ['film'],
        files: ['film'],
      }),
    isLooking ? null : { model: null },
  );
  if ('failure' in answer) throw new Error(answer.failure.message);
  const { output } = answer.job.entries.find(({ step }) => step === 'objects')!;
  if (isLooking !== ((output as { detector: unknown }).detector !== null))
    throw new Error(JSON.stringify(output));
  return (performance.now() - began) / 1000;
}
