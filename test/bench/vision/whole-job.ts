import { statSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../../../cli/find-browser.ts';
import { JobPage } from '../../../cli/job-page.ts';
import { findEntry } from '../../../src/lib/job/job.ts';
import { makeClip } from '../make-clip.ts';
import { openBrowser } from './in-browser.ts';

/** Files of the app that only looking at pictures needs, by their addresses. */
const EYES = /^\/models\/.*\.onnx$|ort-wasm/;
/** The model, the program of the runtime and what loads it. */
const FILES = 3;
const CLIP_SECONDS = 60;
/** Nothing more is waited for after this long. */
const PATIENCE_MILLISECONDS = 60_000;

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
  const until = performance.now() + PATIENCE_MILLISECONDS;
  while (new Set(asked()).size < FILES && performance.now() < until) await page.waitForTimeout(200);
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
  const without = await runJob(address, clip, false);
  const looking = await runJob(address, clip, true);
  console.log(
    `The whole job of ${CLIP_SECONDS} s, cold, one run of each: ${looking.seconds.toFixed(1)} s with the detector ` +
      `(of which its step ${looking.objects.toFixed(1)} s, beside others), ${without.seconds.toFixed(1)} s without: ` +
      `${(looking.seconds / without.seconds).toFixed(2)}×.`,
  );
}

/** Seconds from the choice of the file to the film, in a new browser, and those of the step that looks for things. */
async function runJob(
  address: string,
  clip: string,
  isLooking: boolean,
): Promise<{ seconds: number; objects: number }> {
  await using page = await JobPage.open(address, findBrowser(), () => undefined);
  const began = performance.now();
  const options = isLooking ? {} : { objects: { model: null } };
  const { job } = await page.run(clip, { options, steps: ['film'], files: [] });
  const seconds = (performance.now() - began) / 1000;
  const { output, milliseconds } = findEntry(job, 'objects')!;
  if (isLooking !== (output.detector !== null)) throw new Error(output.why);
  return { seconds, objects: milliseconds / 1000 };
}
