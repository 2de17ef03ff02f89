import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { firstTake, hasJourneys, shortSample, SIZES, startJourney } from '../fixtures/journey.ts';

const MINUTES = 60_000;
/** In one column the focus moves down, except between elements side by side. */
const ROW_PIXELS = 100;

const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-keyboard-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The focused element, approximately as a screen reader announces it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim().replace(/\s+/g, ' ') ?? '';
  });
}

/** Presses Tab until an element with this name has the focus. */
async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    passed.push(now);
    if (name.test(now)) return;
  }
  throw new Error(`Tab never came to ${name}; it passed ${passed.join(' | ')}`);
}

test.skipIf(!hasJourneys())(
  'without a mouse: a file, another take, a level, and the film on disk',
  { timeout: 4 * MINUTES },
  async () => {
    await using journey = await startJourney({
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
    });
    const { page } = journey;
    await page.getByRole('heading', { level: 1 }).waitFor();

    const choosing = page.waitForEvent('filechooser');
    await tabTo(page, /^Choose video or picture/);
    await page.keyboard.press('Enter');
    await (await choosing).setFiles(shortSample());
    await firstTake(page);

    await tabTo(page, /^Another take/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Take 2/ }).waitFor({ timeout: MINUTES });

    await tabTo(page, /^Music level/);
    const level = page.getByRole('slider', { name: 'Music level' });
    const before = Number(await level.inputValue());
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => Number(await level.inputValue())).toBeLessThan(before);

    await tabTo(page, /^Save film/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Save, Film' }).waitFor({ timeout: 2 * MINUTES });
    const downloading = page.waitForEvent('download');
    await tabTo(page, /^Save, Film/);
    await page.keyboard.press('Enter');
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('sample-soundtrack.mp4');
    const path = join(folder, 'film.mp4');
    await download.saveAs(path);
    expect(statSync(path).size).toBeGreaterThan(statSync(shortSample()).size / 2);

    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await focused(page)).toMatch(/Save film/);
    expect(journey.complaints).toEqual([]);
  },
);

test.skipIf(!hasJourneys())(
  'the timeline responds to the keys of a slider, and every focused element is visible, in the order of the page',
  { timeout: 3 * MINUTES },
  async () => {
    const [width, height] = SIZES[0];
    await using journey = await startJourney({ viewport: { width, height } });
    const { page } = journey;
    await page.setInputFiles('input[type=file]', shortSample());
    await firstTake(page);
    const position = page.getByRole('slider', { name: 'Position' });
    await position.focus();
    const seconds = () => position.inputValue().then(Number);
    await page.keyboard.press('End');
    expect(await seconds()).toBeCloseTo(3, 0);
    await page.keyboard.press('Home');
    expect(await seconds()).toBe(0);
    await page.keyboard.press('ArrowRight');
    const step = await seconds();
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThanOrEqual(1);
    await page.keyboard.press('PageUp');
    expect(await seconds()).toBeGreaterThanOrEqual(step + 0.3 - 0.01);
    expect(await position.getAttribute('aria-valuetext')).toMatch(/^\d+:\d\d/);

    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    const hidden: string[] = [];
    const tops: number[] = [];
    for (let count = 0; count < 45; count++) {
      await page.keyboard.press('Tab');
      const place = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const shown = element.matches('input[type=radio], input[type=file]')
          ? (element.closest('label') ?? element)
          : element;
        const box = shown.getBoundingClientRect();
        const inset = (from: number, to: number, part: number) => from + (to - from) * part;
        // WCAG 2.4.11: not entirely covered by other elements.
        const isSeen = [0.1, 0.5, 0.9].some((across) =>
          [0.1, 0.5, 0.9].some((down) => {
            const top = document.elementFromPoint(
              inset(box.left, box.right, across),
              inset(box.top, box.bottom, down),
            );
            return top !== null && (shown.contains(top) || top.contains(shown));
          }),
        );
        return { name: element.outerHTML.slice(0, 90), isSeen, top: box.top + scrollY };
      });
      if (!place) break;
      if (!place.isSeen) hidden.push(place.name);
      tops.push(place.top);
    }
    expect(hidden).toEqual([]);
    expect(tops.length).toBeGreaterThan(15);
    const backwards = tops.slice(1).filter((top, index) => top < tops[index]! - ROW_PIXELS);
    expect(backwards).toEqual([]);
  },
);

test.skipIf(!hasJourneys())(
  'everything that can be dragged has an alternative',
  { timeout: 2 * MINUTES },
  async () => {
    await using journey = await startJourney();
    const { page } = journey;
    await page.setInputFiles('input[type=file]', shortSample());
    await firstTake(page);
    // The mood can be set by keys and in words; files are chosen by a button; sliders are native.
    const pad = page.getByRole('slider', { name: 'Mood' });
    const text = () => pad.getAttribute('aria-valuetext');
    const first = await text();
    await pad.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(text).not.toBe(first);
    expect(await page.getByRole('button', { name: 'Tense' }).count()).toBe(1);
    const foreign = await page.evaluate(
      () =>
        [...document.querySelectorAll('[role=slider]:not(input)')].filter(
          (slider) => (slider as HTMLElement).tabIndex < 0 || !slider.hasAttribute('aria-valuetext'),
        ).length,
    );
    expect(foreign).toBe(0);
  },
);
