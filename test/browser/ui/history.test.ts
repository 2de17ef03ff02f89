import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fetchSample, openClip } from '../../fixtures/open-app.ts';

const SOON = { timeout: 60_000 };
const button = (name: string | RegExp) => page.getByRole('button', { name });
const undoButton = () => button(/^(Undo: |Nothing to undo)/);
const said = (text: string) => expect.element(page.getByText(text)).toBeInTheDocument();
const undo = () => userEvent.keyboard('{Control>}z{/Control}');
const redo = () => userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
const chips = () => [...document.querySelectorAll<HTMLElement>('.takes .chip')];
const selected = () => document.querySelector<HTMLElement>('.takes .chip[aria-pressed=true]')!;

beforeEach(async () => {
  await page.viewport(1440, 900);
  await openClip(await fetchSample());
  await expect.element(button(/^Take 1/), SOON).toBeVisible();
}, SOON.timeout);

test('Ctrl+Z undoes what was done in any panel, by name, and the focus stays', SOON, async () => {
  const balance = page.getByRole('slider', { name: 'Balance' }).element() as HTMLInputElement;
  const before = balance.value;
  balance.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await expect.element(undoButton()).toHaveAccessibleName('Undo: balance');
  await undo();
  await expect.poll(() => balance.value).toBe(before);
  await said('Undone: balance');
  expect(document.activeElement).toBe(balance);
  await redo();
  await expect.poll(() => balance.value).not.toBe(before);

  const title = page.getByRole('textbox', { name: 'Project name' });
  await title.fill('Sea');
  await userEvent.keyboard('{Tab}');
  await expect.element(undoButton()).toHaveAccessibleName('Undo: rename the project');
  await undo();
  await expect.element(title).not.toHaveValue('Sea');

  // The browser's own undo applies to a text that is being typed, ours to one that has taken effect.
  const words = page.getByRole('textbox', { name: 'Effects', exact: true });
  const planned = (words.element() as HTMLTextAreaElement).value;
  await userEvent.click(words);
  await userEvent.keyboard(' and a dog');
  const event = new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true });
  words.element().dispatchEvent(event);
  expect([event.defaultPrevented, (words.element() as HTMLTextAreaElement).value.length]).toEqual([
    false,
    planned.length + ' and a dog'.length,
  ]);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(button(/^Take 2/), SOON).toBeVisible();
  await undo();
  await expect.element(words).toHaveValue(planned);
  expect(document.activeElement).toBe(words.element());
  await expect.poll(() => selected().textContent).toMatch(/^\s*Take 1/);
});

test('takes are told apart, starred, renamed, heard in turn, removed and brought back', SOON, async () => {
  await button('Another take').click();
  await expect.element(button(/^Take 2/), SOON).toBeVisible();
  await expect.poll(() => selected().textContent, SOON).toMatch(/Take 2/);
  const names = chips().map((chip) => chip.querySelector('strong')!.textContent);
  expect(new Set(names).size).toBe(2);
  expect(document.body.textContent).not.toMatch(/seed \d/);

  await button('Star take 2').click();
  await expect.poll(() => selected().textContent).toContain('starred');
  await button('Rename take 2').click();
  await userEvent.keyboard('Storm{Enter}');
  await expect.poll(() => selected().textContent).toContain('Storm');
  expect(document.activeElement).toBe(selected());
  await userEvent.keyboard('t');
  await expect.poll(() => selected().textContent).toMatch(/Take 1/);
  await userEvent.keyboard('t');
  await expect.poll(() => selected().textContent).toContain('Storm');

  for (const width of [1440, 360]) {
    await page.viewport(width, 800);
    const { violations } = await axe.run(document.querySelector('.takes')!);
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  }
  await button('Remove take 2').click();
  await expect.poll(() => chips().length).toBe(1);
  await expect.element(undoButton()).toHaveAccessibleName('Undo: remove a take');
  await undoButton().click();
  await expect.poll(() => selected().textContent).toContain('Storm');
  await undoButton().click();
  await expect.poll(() => selected().textContent).not.toContain('Storm');
});
