import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { serveChanged } from '../fixtures/changed-site.ts';
import { firstTake, hasJourneys, shortSample, startJourney, type Journey } from '../fixtures/journey.ts';

const MINUTES = 60_000;

/** Runs first in the page: it is idle only when the test says so. */
const HOLD_IDLE = 'globalThis.requestIdleCallback = (whenIdle) => { globalThis.goIdle = whenIdle; };';

/** Opens the app as on a new device, until it works without a network; the page is not idle yet. */
async function startHeld(prepare: string = HOLD_IDLE): Promise<Journey> {
  const journey = await startJourney({}, (page) => page.addInitScript(prepare));
  await journey.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return journey;
}

/** What the device keeps of models and of the program that runs them. */
function keptFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const folder = await (
      await navigator.storage.getDirectory()
    ).getDirectoryHandle('weights', { create: true });
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    for (const cache of await caches.keys()) {
      for (const { url } of await (await caches.open(cache)).keys()) names.push(new URL(url).pathname);
    }
    return names.filter((name) => /^coco-ssd.*onnx$|ort-wasm/.test(name.split('/').at(-1)!)).sort();
  });
}

/** Opens the sample and waits for its sound. */
async function openSample(page: Page): Promise<void> {
  await page.setInputFiles('input[type=file]', shortSample());
  await firstTake(page);
}

const boat = (page: Page) => page.getByRole('button', { name: 'Take “boat” out of the words' });
const refusal = (page: Page) => page.getByText(/^Nothing could be looked for/);

describe.skipIf(!hasJourneys())('the detector that comes with the app', () => {
  test(
    'is kept when the page is idle, and finds things without a network before its first use',
    { timeout: 4 * MINUTES },
    async () => {
      await using journey = await startHeld();
      const { page } = journey;
      await page.waitForFunction(() => 'goIdle' in globalThis);
      expect(await keptFiles(page)).toEqual([]);
      await page.evaluate(() => (globalThis as unknown as { goIdle: () => void }).goIdle());
      await expect
        .poll(() => keptFiles(page), { timeout: MINUTES })
        .toEqual([
          expect.stringContaining('ort-wasm') as string,
          expect.stringContaining('ort-wasm') as string,
          expect.stringMatching(/^coco-ssd~\w{64}~ssdlite-mobilenet-v2\.onnx$/) as string,
        ]);
      await page.context().setOffline(true);
      await page.reload();
      await openSample(page);
      await boat(page).waitFor({ timeout: MINUTES });
      // What a frame shows can be read.
      expect(
        await page.getByRole('option', { name: /^Frame at 0:0[0-5].*: .*boat/ }).count(),
      ).toBeGreaterThan(0);
    },
  );

  test(
    'is not fetched ahead of its use for those who save data, and without it the job goes on offline',
    { timeout: 4 * MINUTES },
    async () => {
      const saving = `Object.defineProperty(navigator, 'connection', { value: { saveData: true } });`;
      await using journey = await startHeld(HOLD_IDLE + saving);
      const { page } = journey;
      await page.context().setOffline(true);
      await page.reload();
      await openSample(page);
      await refusal(page).waitFor({ timeout: MINUTES });
      expect(await refusal(page).textContent()).toMatch(/could not be fetched.* Is there a network\?$/);
      expect(await page.evaluate(() => 'goIdle' in globalThis)).toBe(false);
      expect(await keptFiles(page)).toEqual([]);
      await page.context().setOffline(false);
      await page.getByRole('button', { name: 'Look again' }).click();
      await boat(page).waitFor({ timeout: MINUTES });
      expect(await refusal(page).count()).toBe(0);
    },
  );

  test(
    'that was tampered with is thrown away, said in one sentence, and the job goes on',
    { timeout: 3 * MINUTES },
    async () => {
      const flip = (content: Uint8Array<ArrayBuffer>) => {
        content[content.length >> 1]! ^= 1;
        return content;
      };
      await using site = await serveChanged([{ path: /^\/models\/coco-ssd\/.*\.onnx$/, bytes: flip }]);
      await using journey = await startJourney({ serviceWorkers: 'block' }, undefined, site.url);
      const { page } = journey;
      await openSample(page);
      await refusal(page).waitFor({ timeout: MINUTES });
      expect(await refusal(page).textContent()).toMatch(/not the promised ones: their checksum is another/);
      expect(await boat(page).count()).toBe(0);
      expect(await keptFiles(page)).toEqual([]);
    },
  );
});
