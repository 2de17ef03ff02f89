import { expect, test } from 'vitest';
import {
  axeFaults,
  firstTake,
  hasJourneys,
  keepScreenshot,
  SAMPLE,
  startJourney,
} from '../fixtures/journey.ts';

const MINUTES = 60_000;

test.skipIf(!hasJourneys())(
  'each scene of a film is heard, put into other words and silenced, and the film that is saved has it',
  { timeout: 5 * MINUTES },
  async () => {
    await using journey = await startJourney({ viewport: { width: 360, height: 740 } });
    const { page } = journey;
    await page.setInputFiles('input[type=file]', SAMPLE);
    await firstTake(page);
    const cards = page.locator('.scenes [role=option]');
    await expect.poll(() => cards.count(), { timeout: MINUTES }).toBe(2);
    await expect.poll(() => cards.nth(0).innerText(), { timeout: MINUTES }).toMatch(/You hear: .*waves/i);
    await expect.poll(() => cards.nth(1).innerText(), { timeout: MINUTES }).toMatch(/You hear: .*fire/i);

    // The scene is played from its start, and no further than its end.
    await cards.nth(1).click();
    await page.getByRole('button', { name: 'Play this scene' }).click();
    const position = () => page.getByRole('slider', { name: 'Position' }).inputValue().then(Number);
    await expect.poll(position).toBeGreaterThanOrEqual(6.9);

    await page
      .getByRole('textbox', { name: /^What it shows, how it sounds/ })
      .fill('Heavy rain on a tin roof');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: /^Take 2/ }).waitFor({ timeout: MINUTES });
    await expect.poll(() => cards.nth(1).innerText(), { timeout: MINUTES }).toMatch(/You hear: .*rain/i);
    await page.getByRole('button', { name: 'Mute', exact: true }).click();
    await expect.poll(() => cards.nth(1).innerText()).toContain('Muted');
    expect(await axeFaults(page)).toEqual([]);
    await keepScreenshot(page, 'scenes-360');

    // All of it is there after a reload, and in the film.
    await page.getByText('Saved', { exact: true }).waitFor({ state: 'attached' });
    await page.reload();
    await expect.poll(() => cards.count(), { timeout: MINUTES }).toBe(2);
    await expect
      .poll(() => cards.nth(1).innerText())
      .toMatch(/Heavy rain on a tin roof.*Muted|Muted.*Heavy rain/s);
    await page.getByRole('button', { name: 'Save film' }).click();
    const link = page.getByRole('link', { name: 'Save, Film' });
    await link.waitFor({ timeout: 2 * MINUTES });
    const levels = await link.evaluate(async (a: HTMLAnchorElement) => {
      const bytes = await (await fetch(a.href)).arrayBuffer();
      const sound = await new OfflineAudioContext(2, 48_000, 48_000).decodeAudioData(bytes);
      const samples = sound.getChannelData(0);
      const level = (from: number, to: number) =>
        Math.sqrt(
          samples.slice(from * 48_000, to * 48_000).reduce((sum, sample) => sum + sample ** 2, 0) /
            ((to - from) * 48_000),
        );
      return [level(1, 6), level(8, 11)];
    });
    expect(levels[0]).toBeGreaterThan(0.01);
    expect(levels[1]).toBeLessThan(1e-4);
    expect(journey.complaints).toEqual([]);
  },
);
