import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { openClip } from '../../fixtures/open-app.ts';

const SOON = { timeout: 120_000 };

test('a suggestion is heard, replaced by another, added, and no longer suggested', SOON, async () => {
  await page.viewport(360, 800);
  const { container } = await openClip();
  await page.getByRole('heading', { name: 'Suggestions' }).click();
  const cards = page.getByRole('list', { name: 'Suggestions' });
  const sounds = () =>
    [...container.querySelectorAll('ul[aria-label=Suggestions] strong')].map((each) => each.textContent);
  await expect.poll(() => sounds().length, SOON).toBeGreaterThan(0);
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);

  const [first] = sounds();
  await cards.getByRole('button', { name: `Listen: ${first}` }).click();
  await expect.element(cards.getByRole('button', { name: `Stop: ${first}` })).toBeVisible();
  await cards.getByRole('button', { name: `Stop: ${first}` }).click();
  await cards.getByRole('button', { name: `Another instead of ${first}` }).click();
  const [second] = sounds();
  expect(second).not.toBe(first);

  await cards.getByRole('button', { name: `Add: ${second},`, exact: false }).click();
  await expect.element(page.getByText('Added: 1.')).toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: /changed$/ }), SOON).toBeVisible();
  await expect.poll(sounds, SOON).not.toContain(second);
});
