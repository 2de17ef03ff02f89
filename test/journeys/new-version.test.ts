import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BUILD_FOLDER } from '../../cli/build-if-stale.ts';
import { serveChanged } from '../fixtures/changed-site.ts';
import { firstTake, hasJourneys, shortSample, startJourney } from '../fixtures/journey.ts';

const MINUTES = 60_000;

test.skipIf(!hasJourneys())(
  'a new version is offered, applied only when the user agrees, and the project stays open in every tab',
  { timeout: 4 * MINUTES },
  async () => {
    const { version } = JSON.parse(readFileSync(join(BUILD_FOLDER, '_app/version.json'), 'utf8')) as {
      version: string;
    };
    let isNew = false;
    await using site = await serveChanged([
      {
        path: /^\/service-worker\.js$/,
        text: (code) => (isNew ? code.replaceAll(version, `${version}-next`) : code),
      },
    ]);
    await using journey = await startJourney({}, undefined, site.url);
    const { page } = journey;
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await page.setInputFiles('input[type=file]', shortSample());
    await firstTake(page);
    const other = await page.context().newPage();
    await other.goto(site.url);
    await other.getByRole('button', { name: 'Open sample' }).click();
    await firstTake(other);
    // Used once, so it is there without a network.
    const program = `/${readdirSync(BUILD_FOLDER, { recursive: true, encoding: 'utf8' }).find((path) => /ffmpeg-core[^/]*\.wasm$/.test(path))}`;
    await page.evaluate((path) => fetch(path).then((answer) => answer.blob()), program);
    await other.evaluate(() => Object.assign(globalThis, { isSamePage: true }));

    isNew = true;
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    const notice = page.getByText('A new version is ready.');
    await notice.waitFor({ timeout: MINUTES });
    // Nothing happens by itself.
    expect(await page.getByRole('button', { name: /^Take 1/ }).count()).toBe(1);
    expect(
      await page.evaluate(() =>
        caches.keys().then((keys) => keys.filter((key) => key.includes('shell-')).length),
      ),
    ).toBe(2);

    const reloaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Reload' }).click();
    await reloaded;
    await firstTake(page);
    expect(await notice.count()).toBe(0);
    const isKept = async (path: string) => {
      const shell = (await caches.keys()).find((name) => name.endsWith('-next'));
      return (await (await caches.open(shell!)).match(path))?.ok === true;
    };
    expect(await page.evaluate(isKept, program)).toBe(true);
    // The other tab was not reloaded, and can still load the rest of its own version.
    expect(await other.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
    await other.getByRole('button', { name: 'Save film' }).click();
    await other.getByRole('link', { name: 'Save, Film' }).waitFor({ timeout: 2 * MINUTES });
  },
);
