import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILD_FOLDER, buildIfStale } from '../../cli/build-if-stale.ts';
import { findBrowser } from '../../cli/find-browser.ts';
import { createApp } from '../../worker-server/app.ts';
import { listen } from '../../worker-server/listen.ts';
import { SAMPLE } from '../fixtures/journey.ts';

const MINUTES = 60_000;
/** Not a private window: those can't install apps. */
const profile = mkdtempSync(join(tmpdir(), 'immersivaudio-profile-'));

let server: Awaited<ReturnType<typeof listen>>;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  await buildIfStale();
  server = await listen(createApp({ buildFolder: BUILD_FOLDER }), { host: '127.0.0.1', port: 0 });
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  page = await browser.newPage();
  await page.goto(server.url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.reload();
}, 5 * MINUTES);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(profile, { recursive: true, force: true });
});

describe('the installed app', () => {
  test('can be installed by what the browser asks for', async () => {
    const devtools = await browser.newCDPSession(page);
    const { errors } = await devtools.send('Page.getAppManifest');
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    expect(errors).toEqual([]);
    expect(installabilityErrors).toEqual([]);
  });

  test(
    'takes a file from the share sheet into a new project',
    async () => {
      const form = async (path: string) => {
        const bytes = await (await fetch('/sample.mp4')).blob();
        const body = new FormData();
        body.append('media', new File([bytes], 'from the gallery.mp4', { type: 'video/mp4' }));
        const response = await fetch(path, { method: 'POST', body, redirect: 'manual' });
        return response.type;
      };
      expect(await page.evaluate(form, '/share')).toBe('opaqueredirect');
      await page.goto(`${server.url}/?incoming`);
      await page.getByText('from the gallery').first().waitFor({ timeout: MINUTES });
      expect(new URL(page.url()).search).toBe('');
    },
    MINUTES,
  );

  test(
    'comes back to the open project after a reload, and to the start screen when it was closed',
    async () => {
      await page.getByText('Take 1').first().waitFor({ timeout: MINUTES });
      await page.reload();
      await page.getByText('Take 1').first().waitFor({ timeout: MINUTES });
      await page
        .getByRole('button', { name: /start|back/i })
        .first()
        .click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.reload();
      await page.getByText('from the gallery').first().waitFor();
      expect(await page.getByText('Take 1').count()).toBe(0);
    },
    3 * MINUTES,
  );

  test(
    'starts a new project by the shortcut on its icon',
    async () => {
      await page.getByRole('button', { name: 'Open from the gallery' }).click();
      await page.getByText('Take 1').first().waitFor({ timeout: MINUTES });
      await page.goto(`${server.url}/?new`);
      await page.getByRole('button', { name: 'Open from the gallery' }).waitFor();
      expect(await page.getByText('Take 1').count()).toBe(0);
      expect(new URL(page.url()).search).toBe('');
    },
    2 * MINUTES,
  );

  test(
    'does a whole job without a network, still isolated',
    async () => {
      await browser.setOffline(true);
      await page.goto(`${server.url}/bench/job`);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await page.getByLabel('Video or picture').setInputFiles(SAMPLE);
      await page.getByRole('button', { name: 'Run' }).click();
      const status = page.getByRole('status');
      await status.filter({ hasText: /Done|Error/ }).waitFor({ timeout: 3 * MINUTES });
      expect(await status.textContent()).toBe('Done.');
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: /[.]mp4$/ }).click();
      expect((await downloading).suggestedFilename()).toMatch(/^sample.*[.]mp4$/);
      await browser.setOffline(false);
    },
    4 * MINUTES,
  );

  test('has a picture for every icon of its manifest', async () => {
    const icons = await page.evaluate(async () => {
      const manifest = (await (await fetch('/manifest.webmanifest')).json()) as { icons: { src: string }[] };
      return Promise.all(manifest.icons.map(async ({ src }) => (await fetch(src)).status));
    });
    expect(icons).toEqual([200, 200, 200, 200]);
    expect(existsSync(SAMPLE)).toBe(true);
  });
});
