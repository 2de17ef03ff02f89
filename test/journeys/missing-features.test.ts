import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { serveChanged, type Change } from '../fixtures/changed-site.ts';
import { firstTake, hasJourneys, shortSample, startJourney, type Journey } from '../fixtures/journey.ts';

const MINUTES = 60_000;

/** Opens the app in a browser without a feature: `line` runs first in the page and in every worker. */
async function startWithout(line: string, changes: readonly Change[] = []): Promise<Journey> {
  const workers = { path: /\/immutable\/workers\/.*\.js$/, text: (code: string) => `${line}\n${code}` };
  const site = await serveChanged(line ? [workers, ...changes] : changes);
  const prepare = async (page: Page) => {
    if (line) await page.addInitScript(line);
  };
  const journey = await startJourney({ serviceWorkers: 'block' }, prepare, site.url);
  const close = async () => {
    await journey[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
  };
  return { ...journey, [Symbol.asyncDispose]: close };
}

/** Opens the sample and makes a film of it; returns the error message if that fails. */
async function makeFilm(page: Page): Promise<{ bytes: number } | { refused: string }> {
  await page.setInputFiles('input[type=file]', shortSample());
  const refusal = page.getByRole('alert').first();
  const ended = await Promise.race([
    firstTake(page).then(() => 'made' as const),
    refusal.waitFor({ timeout: 2 * MINUTES }).then(() => 'refused' as const),
  ]);
  if (ended === 'refused') return { refused: (await refusal.textContent()) ?? '' };
  await page.getByRole('button', { name: 'Save film' }).click();
  const link = page.getByRole('link', { name: 'Save, Film' });
  await link.waitFor({ timeout: 3 * MINUTES });
  const bytes = await link.evaluate(
    async (a: HTMLAnchorElement) => (await (await fetch(a.href)).blob()).size,
  );
  return { bytes };
}

describe.skipIf(!hasJourneys())('a browser without', () => {
  test('WebCodecs, in pages and in workers, makes the film by ffmpeg', { timeout: 5 * MINUTES }, async () => {
    const names = ['VideoDecoder', 'AudioDecoder', 'VideoEncoder', 'AudioEncoder', 'ImageDecoder'];
    await using journey = await startWithout(names.map((name) => `delete globalThis.${name};`).join(''));
    expect(await journey.page.evaluate(() => 'VideoDecoder' in globalThis)).toBe(false);
    expect(await makeFilm(journey.page)).toEqual({
      bytes: expect.toSatisfy((bytes) => bytes > 150_000) as number,
    });
  });

  test('WebGPU makes the film', { timeout: 3 * MINUTES }, async () => {
    const line =
      'if (globalThis.Navigator) delete Navigator.prototype.gpu; if (globalThis.WorkerNavigator) delete WorkerNavigator.prototype.gpu;';
    await using journey = await startWithout(line);
    expect(await journey.page.evaluate(() => 'gpu' in navigator)).toBe(false);
    expect(await makeFilm(journey.page)).toEqual({
      bytes: expect.toSatisfy((bytes) => bytes > 150_000) as number,
    });
  });

  test('isolation, hence without shared memory, makes the film', { timeout: 3 * MINUTES }, async () => {
    await using journey = await startWithout('', [{ path: /./, without: /^cross-origin-/ }]);
    const page = journey.page;
    expect(await page.evaluate(() => [crossOriginIsolated, 'SharedArrayBuffer' in globalThis])).toEqual([
      false,
      false,
    ]);
    expect(await makeFilm(page)).toEqual({ bytes: expect.toSatisfy((bytes) => bytes > 150_000) as number });
    // Things are found all the same, on one thread.
    expect(await page.locator('.words .chip', { hasText: 'boat' }).count()).toBe(1);
  });

  test('files that workers may write says so in one sentence', { timeout: 2 * MINUTES }, async () => {
    const line =
      'delete FileSystemFileHandle.prototype.createSyncAccessHandle; delete FileSystemFileHandle.prototype.createWritable;';
    await using journey = await startWithout(line);
    expect(await makeFilm(journey.page)).toEqual({
      refused: expect.stringMatching(/This browser keeps no files.*normal window/s) as string,
    });
  });

  test('any place for files says so in one sentence', { timeout: 2 * MINUTES }, async () => {
    const line = `StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));`;
    await using journey = await startWithout(line);
    expect(await makeFilm(journey.page)).toEqual({
      refused: expect.stringMatching(/This browser keeps no files.*normal window/s) as string,
    });
  });

  test('service workers still makes the film', { timeout: 3 * MINUTES }, async () => {
    const line = 'if (globalThis.Navigator) delete Navigator.prototype.serviceWorker;';
    await using journey = await startWithout(line);
    expect(await makeFilm(journey.page)).toEqual({
      bytes: expect.toSatisfy((bytes) => bytes > 150_000) as number,
    });
  });
});
