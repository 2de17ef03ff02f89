import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { hasJourneys, startJourney } from '../fixtures/journey.ts';

/** Limit for visitors with a slow connection. */
const MAX_SCRIPT_BYTES = 150_000;

test.skipIf(!hasJourneys())(
  'the first screen needs at most 150 kB of JavaScript as it comes over the line',
  async () => {
    const kinds = new Map<string, { type: string; encoding: string | undefined }>();
    let bytes = 0;
    let count = 0;
    await using journey = await startJourney({ serviceWorkers: 'block' }, async (page) => {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Network.enable');
      devtools.on('Network.responseReceived', ({ requestId, type, response }) =>
        kinds.set(requestId, {
          type,
          encoding: response.headers['content-encoding'] ?? response.headers['Content-Encoding'],
        }),
      );
      devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (kinds.get(requestId)?.type !== 'Script') return;
        bytes += encodedDataLength;
        count += 1;
      });
    });
    await journey.page.getByRole('heading', { level: 1 }).waitFor();
    expect(count).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
    const scripts = [...kinds.values()].filter(({ type }) => type === 'Script');
    expect(scripts.some(({ encoding }) => encoding === 'br')).toBe(true);
  },
);

test.skipIf(!hasJourneys())('the first screen is seen before any script has come', async () => {
  await using journey = await startJourney({ javaScriptEnabled: false });
  const { page } = journey;
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Sound for what you see.');
  expect(await page.getByRole('button', { name: 'Choose video or picture' }).isVisible()).toBe(true);
});

/** Reloads the page; its scripts are held back until the returned function is called. */
async function reloadHeld(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/_app/**/*.js', async (route) => {
    await promise;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  return resolve;
}

test.skipIf(!hasJourneys())('a button that is pressed before the app has started works', async () => {
  await using journey = await startJourney({ serviceWorkers: 'block' });
  const { page } = journey;
  const release = await reloadHeld(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  expect(await page.getByRole('dialog').count()).toBe(0);
  release();
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  expect(journey.complaints).toEqual([]);
});

test.skipIf(!hasJourneys())('users of German never see the English page', async () => {
  await using journey = await startJourney({ serviceWorkers: 'block', locale: 'de-AT' });
  const { page } = journey;
  const release = await reloadHeld(page);
  const title = page.locator('h1');
  await title.waitFor({ state: 'attached' });
  expect(await title.isVisible()).toBe(false);
  release();
  await title.waitFor();
  expect(await title.textContent()).toBe('Klang für das, was du siehst.');
  expect(await page.getByRole('button', { name: 'Einstellungen' }).isVisible()).toBe(true);
  expect(journey.complaints).toEqual([]);
});
