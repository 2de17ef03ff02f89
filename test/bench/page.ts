/**
 * The first load on a slow phone (1.6 Mb/s, 150 ms, a quarter of this machine's speed), and how long the page is held up
 * while a job runs and while one of 200 clips is dragged. Usage: npm run bench:page   Builds the app where it is stale.
 * Quote the profile with the figures.
 */
import { join } from 'node:path';
import { chromium, type CDPSession, type Page } from 'playwright';
import { BUILD_FOLDER, buildIfStale } from '../../cli/build-if-stale.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { createApp } from '../../worker-server/app.ts';
import { listen } from '../../worker-server/listen.ts';

const SAMPLE = join(import.meta.dirname, '../../static/sample.mp4');
const SLOW_NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 };
const SLOW_PROCESSOR = { rate: 4 };
const RUNS = 5;
const LONG_MILLISECONDS = 50;
const CLIPS = 200;

await buildIfStale(console.log);
const server = await listen(createApp({ buildFolder: BUILD_FOLDER }), { host: '127.0.0.1', port: 0 });
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
try {
  await measureFirstLoad();
  await measureLongTasks();
  await measureDragging();
} finally {
  await browser.close();
  await server.close();
}

async function measureFirstLoad(): Promise<void> {
  const paints: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    const bytes = countBytes(devtools);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', SLOW_NETWORK);
    await devtools.send('Emulation.setCPUThrottlingRate', SLOW_PROCESSOR);
    await page.goto(server.url, { waitUntil: 'load' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(2000);
    paints.push(await largestPaint(page));
    if (run === 0) {
      for (const [kind, count] of bytes) console.log(`${kind.padEnd(12)} ${(count / 1000).toFixed(1)} kB`);
    }
    await context.close();
  }
  const all = paints.map((at) => at.toFixed(0)).join(', ');
  console.log(`largest paint: median ${median(paints).toFixed(0)} ms of ${RUNS} first loads (${all})`);
}

/** Bytes on the wire by kind of resource, as they come. */
function countBytes(devtools: CDPSession): Map<string, number> {
  const kinds = new Map<string, string>();
  const bytes = new Map<string, number>();
  devtools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'other';
    bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
  });
  return bytes;
}

function largestPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)!.startTime)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        }),
      ),
  );
}

/** A page with a first take of the sample, which counts its long tasks. */
async function openSample(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration))).observe({
      type: 'longtask',
    });
  });
  await page.setInputFiles('input[type=file]', SAMPLE);
  await page.getByRole('button', { name: /^Take 1/ }).waitFor({ timeout: 120_000 });
  return page;
}

/** Copies a single sound until there are 200 clips, and drags one over the whole timeline. */
async function measureDragging(): Promise<void> {
  const page = await openSample();
  const clips = page.locator('[data-clip]');
  await page.getByRole('button', { name: 'Add a sound' }).click();
  await page.getByRole('searchbox').fill('dog');
  await page.getByRole('dialog').getByRole('button', { name: /^Dog/ }).first().click();
  await page.locator('[data-clip^=event]').last().focus();
  while ((await clips.count()) < CLIPS) await page.keyboard.press('Control+d');
  await page.waitForTimeout(10_000);
  await report(page, `until there were ${CLIPS} clips`);
  const clip = page.locator('[data-clip^=event]').first();
  await clip.click();
  const { x, y, width, height } = (await clip.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  for (let step = 0; step < 200; step++)
    await page.mouse.move(x + 400 * Math.sin(step / 20) ** 2, y + height / 2);
  await report(page, `while one of ${CLIPS} clips was dragged`);
  await page.mouse.up();
  await page.waitForTimeout(5000);
  await report(page, 'when it was put down and the sound followed');
}

async function measureLongTasks(): Promise<void> {
  const page = await openSample();
  await report(page, 'from the file to the first take');
  await page.getByRole('button', { name: 'Save film' }).click();
  await page.getByRole('link', { name: 'Save, Film' }).waitFor({ timeout: 120_000 });
  await report(page, 'from there to the film');
}

async function report(page: Page, when: string): Promise<void> {
  const tasks = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks.splice(0));
  const longest = Math.max(0, ...tasks);
  console.log(
    `tasks over ${LONG_MILLISECONDS} ms ${when}: ${tasks.length}` +
      (tasks.length ? `, the longest ${longest.toFixed(0)} ms` : ''),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
