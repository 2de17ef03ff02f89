import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { firstTake, hasJourneys, shortSample, skipHints, startJourney } from '../fixtures/journey.ts';

const MINUTES = 60_000;
const takes = (page: Page) => page.getByRole('button', { name: /^Take \d/ });
const another = (page: Page) => page.getByRole('button', { name: 'Another take' });

/** Waits until a tab shows so many takes, and returns their seeds. */
async function takeSeeds(page: Page, count: number): Promise<string[]> {
  await takes(page)
    .nth(count - 1)
    .waitFor({ timeout: MINUTES });
  expect(await takes(page).count()).toBe(count);
  return takes(page).evaluateAll((buttons) => buttons.map((button) => button.getAttribute('title') ?? ''));
}

describe.runIf(hasJourneys())('one project in two tabs', () => {
  test('the takes of both are in each, also after a reload', { timeout: 5 * MINUTES }, async () => {
    await using app = await startJourney({ serviceWorkers: 'block' });
    const { page: one, complaints } = app;
    await one.locator('input[type=file]').first().setInputFiles(shortSample());
    await firstTake(one);
    await skipHints(one);

    const other = await one.context().newPage();
    await other.goto(app.url);
    await other.getByRole('button', { name: 'Open sample' }).click();
    await firstTake(other);

    await Promise.all([another(one).click(), another(other).click()]);
    const seen = await takeSeeds(one, 3);
    expect((await takeSeeds(other, 3)).sort()).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(3);

    // Prompts of one tab don't overwrite what the other has changed.
    await one.getByRole('textbox', { name: 'Music' }).fill('a slow waltz');
    await other.getByRole('radio', { name: 'Effects' }).click();
    await takeSeeds(other, 4);
    await one.getByText('Saved', { exact: true }).waitFor();
    await other.getByText('Saved', { exact: true }).waitFor();

    for (const page of [one, other]) {
      await page.reload();
      await takeSeeds(page, 4);
      expect(await page.getByRole('radio', { name: 'Effects' }).isChecked()).toBe(true);
    }
    await one.getByRole('radio', { name: 'Both' }).click();
    expect(await one.getByRole('textbox', { name: 'Music' }).inputValue()).toBe('a slow waltz');
    expect(complaints).toEqual([]);
  });
});
