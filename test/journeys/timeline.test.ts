import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { hasMontage, makeMontage } from '../fixtures/media/montage.ts';
import {
  axeFaults,
  firstTake,
  hasJourneys,
  keepScreenshot,
  skipHints,
  startJourney,
} from '../fixtures/journey.ts';

const MINUTES = 60_000;
const isPossible = hasMontage();
if (!isPossible)
  console.warn('The journey of the timeline is skipped: it needs ffmpeg and the shared clips.');

const clips = (page: Page, name: RegExp) =>
  page.locator('.timeline').getByRole('button', { name }).and(page.locator('[data-clip]'));
/** The times of a clip, seconds. */
const timesOf = (clip: Locator) =>
  clip.evaluate((button) => {
    const { style } = button.parentElement!;
    const from = Number(style.getPropertyValue('--from'));
    return { from, to: from + Number(style.getPropertyValue('--length')) };
  });

async function seek(page: Page, seconds: number) {
  await page.getByRole('slider', { name: 'Position' }).fill(String(seconds));
}

async function add(page: Page, word: string, name: RegExp, at: number) {
  await seek(page, at);
  await page.getByRole('button', { name: 'Add a sound' }).click();
  await page.getByRole('searchbox').fill(word);
  await page.getByRole('dialog').getByRole('button', { name }).first().click();
  await expect.poll(() => clips(page, name).count()).toBeGreaterThan(0);
}

/** Drags the middle of an element by some pixels, with the mouse or a finger. */
async function drag(page: Page, element: Locator, dx: number, dy = 0, isTouch = false) {
  await element.scrollIntoViewIfNeeded();
  const box = (await element.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  if (!isTouch) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
    await page.mouse.move(x + dx, y + dy, { steps: 4 });
    await page.mouse.up();
    return;
  }
  const session = await page.context().newCDPSession(page);
  const touch = (type: string, points: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: points });
  await touch('touchStart', [{ x, y }]);
  for (const share of [0.25, 0.5, 0.75, 1])
    await touch('touchMove', [{ x: x + dx * share, y: y + dy * share }]);
  await touch('touchEnd', []);
}

test.skipIf(!hasJourneys() || !isPossible)(
  'the sound of a montage of 90 s is built with the mouse, the keyboard and a finger, and every step undone',
  { timeout: 8 * MINUTES },
  async () => {
    const { path, cuts } = makeMontage();
    await using journey = await startJourney({ viewport: { width: 1440, height: 900 }, hasTouch: true });
    const { page, complaints } = journey;
    await page.setInputFiles('input[type=file]', path);
    await firstTake(page);
    await skipHints(page);

    // The cuts are where the shots meet.
    const edges = page.locator('.scenes .edges [role=slider]');
    const found = await edges.evaluateAll((all) => all.map((edge) => Number(edge.ariaValueNow)));
    const hit = cuts.filter((cut) => found.some((at) => Math.abs(at - cut) < 0.05));
    expect(hit.length).toBeGreaterThanOrEqual(cuts.length - 2);
    await keepScreenshot(page, 'timeline-1440');

    // With the mouse: a sound is added, drawn to a cut, trimmed and faded.
    await add(page, 'owl', /^Owl/, 20);
    const owl = clips(page, /^Owl/).first();
    const scale = await page
      .locator('.timeline .content')
      .evaluate((content) => parseFloat((content as HTMLElement).style.getPropertyValue('--second')));
    const target = hit.find((cut) => cut > 24)!;
    await drag(page, owl, (target - 20) * scale + 1.5);
    await expect.poll(async () => (await timesOf(owl)).from).toBeCloseTo(target, 2);
    await add(page, 'waterfall', /^Waterfall/, 40);
    const water = clips(page, /^Waterfall/).first();
    await water.click();
    const before = await timesOf(water);
    await drag(page, page.locator('.clip.selected .edge.end'), -20 * scale);
    await expect.poll(async () => (await timesOf(water)).to).toBeLessThan(before.to - 15);
    await drag(page, page.locator('.clip.selected .corner.start'), 30);
    await expect
      .poll(() => page.getByRole('slider', { name: 'Fade in' }).first().inputValue().then(Number))
      .toBeGreaterThan(0.4);

    // With the keyboard: nudged, copied, cut in two, removed; each step is undone by its name.
    await owl.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(async () => (await timesOf(owl)).from).toBeCloseTo(target + 0.1, 2);
    await page.keyboard.press('Control+d');
    await expect.poll(() => clips(page, /^Owl/).count()).toBe(2);
    await page.keyboard.press('Control+z');
    await expect.poll(() => clips(page, /^Owl/).count()).toBe(1);
    await page.keyboard.press('Delete');
    await expect.poll(() => clips(page, /^Owl/).count()).toBe(0);
    await page.keyboard.press('Control+z');
    await expect.poll(() => clips(page, /^Owl/).count()).toBe(1);
    await water.focus();
    await seek(page, 45);
    await water.focus();
    await page.keyboard.press('s');
    await expect.poll(() => clips(page, /^Waterfall/).count()).toBe(2);

    // A stretch is selected with the keys and loops.
    await page.keyboard.press('Escape');
    await seek(page, 10);
    await page
      .locator('h1, body')
      .first()
      .evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('[');
    await seek(page, 14);
    await page.keyboard.press(']');
    await page.getByText(/0:10\.0 – 0:14\.0/).waitFor();
    await page.keyboard.press('\\');
    expect(await axeFaults(page)).toEqual([]);

    // Zoomed in, the player stays in sight.
    for (let k = 0; k < 4; k++) await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.mouse.move(500, 800);
    await page.mouse.wheel(0, 600);
    const play = (await page.getByRole('button', { name: /^(Play|Pause)$/ }).boundingBox())!;
    expect(play.y).toBeGreaterThan(0);
    expect(play.y).toBeLessThan(900);
    await keepScreenshot(page, 'timeline-zoomed-1440');

    // With a finger on a phone.
    await page.setViewportSize({ width: 360, height: 740 });
    await owl.scrollIntoViewIfNeeded();
    await owl.tap();
    const held = await timesOf(owl);
    await drag(page, owl, 60, 0, true);
    await expect.poll(async () => (await timesOf(owl)).from).not.toBe(held.from);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await axeFaults(page)).toEqual([]);
    await keepScreenshot(page, 'timeline-360');

    // All of it survives a reload, and the way back too.
    await page.getByText('Saved', { exact: true }).waitFor({ state: 'attached' });
    await page.reload();
    await expect.poll(() => clips(page, /^Waterfall/).count(), { timeout: MINUTES }).toBe(2);
    const undo = page.getByRole('button', { name: /^Undo: / });
    for (let k = 0; k < 20 && (await undo.count()) > 0; k++) await undo.click();
    await expect.poll(() => clips(page, /^(Waterfall|Owl)/).count()).toBe(0);
    expect(complaints).toEqual([]);
  },
);
