import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILD_FOLDER } from '../../cli/build-if-stale.ts';
import { startServer, type RunningServer } from '../../worker-server/start-server.ts';
import {
  axeFaults,
  hasJourneys,
  keepScreenshot,
  shortSample,
  skipHints,
  startJourney,
} from '../fixtures/journey.ts';
import { testSettings } from '../fixtures/server/test-settings.ts';
import { TickEngine } from '../fixtures/server/tick-engine.ts';

const MINUTES = 60_000;
const UPLOADS = '**/api/v1/shares/uploads/*';

const dataFolder = mkdtempSync(join(tmpdir(), 'immersivaudio-links-'));
let server: RunningServer;
beforeAll(async () => {
  if (!hasJourneys()) return;
  const settings = testSettings({ PORT: '0', DATA_DIR: dataFolder, SHARE_CONTACT: 'abuse@example.org' });
  server = await startServer(settings, { buildFolder: BUILD_FOLDER, engines: [new TickEngine()] });
});
afterAll(async () => {
  await server?.close();
  rmSync(dataFolder, { recursive: true });
});

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Share a link' });
const open = () => startJourney({ serviceWorkers: 'block' }, undefined, server.url);
const make = (page: Page) => dialog(page).getByRole('button', { name: 'Make the link' }).click();

async function openSharing(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save film' }).click({ timeout: 2 * MINUTES });
  await page.getByRole('button', { name: 'Share a link' }).click({ timeout: 2 * MINUTES });
  await dialog(page).getByRole('button', { name: 'Make the link' }).waitFor();
}

async function filmToShare(page: Page): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(shortSample());
  await page.getByRole('button', { name: /^Take 1/ }).waitFor({ timeout: 2 * MINUTES });
  await skipHints(page);
  await openSharing(page);
}

async function madeUrl(page: Page): Promise<string> {
  await dialog(page).getByText('Your link is ready').waitFor({ timeout: MINUTES });
  return dialog(page).getByLabel('Link', { exact: true }).inputValue();
}

/** The playback of a page: its medium's duration, whether it is playing, and its captions. */
const play = (page: Page) =>
  page.evaluate(async () => {
    const medium = document.querySelector<HTMLMediaElement>('video, audio')!;
    medium.muted = true;
    const moved = new Promise((resolve) => {
      medium.ontimeupdate = () => medium.currentTime > 0 && resolve(true);
    });
    await medium.play();
    const has = await moved;
    medium.pause();
    return { seconds: Math.round(medium.duration), has, tracks: medium.textTracks.length };
  });

describe.runIf(hasJourneys())('a link', () => {
  test('to the film plays for everybody, is deleted, and restored', { timeout: 5 * MINUTES }, async () => {
    await using app = await open();
    const { page } = app;
    await filmToShare(page);
    expect(await axeFaults(page)).toEqual([]);
    await make(page);
    const url = await madeUrl(page);
    expect(await axeFaults(page)).toEqual([]);

    await using guest = await startJourney({}, undefined, url);
    expect(await play(guest.page)).toEqual({ seconds: 3, has: true, tracks: 1 });
    expect(await axeFaults(guest.page)).toEqual([]);
    await keepScreenshot(guest.page, 'link-film');

    await dialog(page).getByText('My links').click();
    await dialog(page).getByRole('listitem').locator('summary').click();
    await dialog(page)
      .getByRole('button', { name: /^Delete/ })
      .click();
    await dialog(page)
      .getByText(/is deleted/)
      .waitFor();
    expect((await fetch(url)).status).toBe(410);
    await dialog(page).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await fetch(url)).status).toBe(200);
    expect(app.complaints).toEqual([]);
  });

  test(
    'that is private opens only with its key, and the server can’t read it',
    { timeout: 5 * MINUTES },
    async () => {
      await using app = await open();
      const { page } = app;
      await filmToShare(page);
      await dialog(page).getByRole('checkbox').check();
      await make(page);
      const url = await madeUrl(page);
      expect(url).toMatch(/#k=[\w-]{43}$/);
      const plain = await (await fetch(url.split('#')[0]!)).text();
      expect(plain).not.toContain('sample');
      await using guest = await startJourney({}, undefined, url);
      await guest.page.getByRole('heading', { name: 'sample' }).waitFor({ timeout: MINUTES });
      expect(await play(guest.page)).toEqual({ seconds: 3, has: true, tracks: 1 });
      await using curious = await startJourney({}, undefined, url.split('#')[0]);
      await curious.page.getByText('The key is missing').waitFor();
      await using guesser = await startJourney(
        {},
        undefined,
        `${url.slice(0, -1)}${url.endsWith('A') ? 'E' : 'A'}`,
      );
      await guesser.page.getByText('This can’t be opened').waitFor();
    },
  );

  test(
    'survives lost connections and a reload in the middle of its upload',
    { timeout: 5 * MINUTES },
    async () => {
      await using app = await open();
      const { page } = app;
      await filmToShare(page);
      await page.route(UPLOADS, (route) =>
        route.request().method() === 'PATCH' ? route.abort() : route.continue(),
      );
      const begun = page.waitForRequest((request) => request.method() === 'PATCH');
      await make(page);
      await begun;
      await page.reload();
      await page.unroute(UPLOADS);
      let lost = 0;
      await page.route(UPLOADS, (route) => {
        const isLost = route.request().method() === 'PATCH' && lost < 2;
        if (isLost) lost++;
        return isLost ? route.abort() : route.continue();
      });
      await openSharing(page);
      await dialog(page).getByText('The link to “sample” was cut off.').waitFor();
      await dialog(page).getByRole('button', { name: 'Go on' }).click();
      const url = await madeUrl(page);
      expect(lost).toBe(2);
      expect((await fetch(`${url}/media`)).headers.get('Content-Type')).toBe('video/mp4');
    },
  );

  test(
    'to sound and recipe plays with the owner’s video, and starts a new project',
    { timeout: 5 * MINUTES },
    async () => {
      await using app = await open();
      await filmToShare(app.page);
      await dialog(app.page).getByRole('radio', { name: 'Sound and recipe' }).check();
      await make(app.page);
      const url = await madeUrl(app.page);

      await using guest = await startJourney({ serviceWorkers: 'block' }, undefined, url);
      const { page } = guest;
      expect(await page.locator('video').count()).toBe(0);
      await page.locator('input[type=file]').setInputFiles(shortSample());
      await page.locator('.stage video').waitFor();
      await page.evaluate(() => {
        const audio = document.querySelector('audio')!;
        audio.muted = true;
        return audio.play();
      });
      // While both play, and at once after the sound is moved.
      await page.waitForFunction(() => {
        const [audio, video] = [document.querySelector('audio')!, document.querySelector('video')!];
        return (
          !video.paused && video.currentTime > 1 && Math.abs(audio.currentTime - video.currentTime) < 0.1
        );
      });
      await page.evaluate(() => {
        const audio = document.querySelector('audio')!;
        audio.pause();
        audio.currentTime = 0.4;
      });
      await page.waitForFunction(() => {
        const video = document.querySelector('video')!;
        return video.paused && Math.abs(video.currentTime - 0.4) < 0.01;
      });
      expect(await axeFaults(page)).toEqual([]);

      await page.getByRole('link', { name: 'Remix' }).click();
      await page.getByText('A recipe is waiting').waitFor();
      await page.locator('input[type=file]').first().setInputFiles(shortSample());
      await page.getByRole('button', { name: /^Take 1/ }).waitFor({ timeout: 2 * MINUTES });
      expect(guest.complaints).toEqual([]);
    },
  );
});
