import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, hasJourneys, keepScreenshot, overflowPixels, SIZES } from '../fixtures/journey.ts';
import { generate, openJourneyServer, openSample, panel } from '../fixtures/server/journey-server.ts';

const MINUTES = 60_000;

let site: Awaited<ReturnType<typeof openJourneyServer>>;
beforeAll(async () => {
  if (hasJourneys()) site = await openJourneyServer();
});
afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
});

describe.runIf(hasJourneys())('the screens of a generation server', () => {
  test(
    'the settings test an address before they use it: a wrong one is explained, the right one is found',
    { timeout: 2 * MINUTES },
    async () => {
      await using app = await site.open();
      const { page } = app;
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('Generation server').click();
      await page.getByText(`127.0.0.1:${site.proxy.port} is there.`).waitFor();
      const address = page.getByRole('textbox', { name: 'Address' });
      await address.fill('https://gpu.example.org/some/path');
      await page.getByRole('button', { name: 'Save and test' }).click();
      await page.getByText(/An address without path, name and password was wanted/).waitFor();
      await address.fill('localhost:9');
      await page.getByRole('button', { name: 'Save and test' }).click();
      await page.getByText('localhost:9 can’t be reached right now').waitFor();
      await address.fill('');
      await page.getByRole('button', { name: 'Save and test' }).click();
      await page.getByText(`127.0.0.1:${site.proxy.port} is there.`).waitFor();
      const kept = await page.evaluate(() => localStorage.getItem('immersivaudio-server'));
      expect(JSON.parse(kept!)).toMatchObject({ version: 1, address: null, token: '' });
    },
  );

  test(
    'axe finds no fault in settings, panel and dialogs, narrow and wide, in light and dark',
    { timeout: 4 * MINUTES },
    async () => {
      await using app = await site.open();
      const { page } = app;
      const look = async (name: string) => {
        for (const [width, height] of SIZES)
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.setViewportSize({ width, height });
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            // Colours change over a few frames.
            const message = `${name} ${width} ${colorScheme}`;
            await expect.poll(() => axeFaults(page), { message, timeout: 20_000 }).toEqual([]);
            expect(await overflowPixels(page)).toBeLessThanOrEqual(0);
            await keepScreenshot(page, `server-${name}-${width}-${colorScheme}`);
          }
      };
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('Generation server').click();
      await page.getByText(/is there\./).waitFor();
      await look('settings');
      await page.keyboard.press('Escape');
      await openSample(page);
      await panel(page).click();
      await page.mouse.move(0, 0);
      await generate(page).scrollIntoViewIfNeeded();
      await look('panel');
      await page.getByRole('button', { name: 'What is sent …' }).click();
      await look('sound');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Describe with Tick …' }).click();
      await page.locator('[data-bytes]').waitFor();
      await look('still');
    },
  );
});
