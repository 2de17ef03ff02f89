import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openClip } from '../../fixtures/open-app.ts';

const SOON = { timeout: 120_000 };

async function openLanes() {
  const app = await openClip();
  await page.getByText('Instruments', { exact: true }).click();
  await expect.element(page.getByRole('combobox', { name: 'Key', exact: true })).toBeVisible();
  return app;
}

const madeAnew = () => expect.element(page.getByRole('button', { name: /changed$/ }), SOON).toBeVisible();

beforeEach(() => page.viewport(1440, 900));

test('an instrument is swapped, a part removed, the key changed, and the sound follows', SOON, async () => {
  await openLanes();
  const lanes = () => document.querySelectorAll('.lanes > .lane').length;
  const before = lanes();
  const key = page.getByRole('combobox', { name: 'Key', exact: true });
  const had = (key.element() as HTMLSelectElement).value;
  await key.selectOptions(had === 'A' ? 'B♭' : 'A');
  await expect.element(page.getByText(/^Your changes hold/)).toBeVisible();
  await page
    .getByRole('button', { name: /^Drop / })
    .first()
    .click();
  expect(lanes()).toBe(before - 1);
  await madeAnew();
  // One changed take, however many changes there were.
  expect(page.getByRole('button', { name: /^Take \d/ }).elements()).toHaveLength(2);
});

test('axe finds no fault in open lanes and the list of sounds, wide and narrow', SOON, async () => {
  await openLanes();
  for (const lane of page.getByRole('button', { expanded: false }).elements().slice(0, 40))
    if (lane.closest('.lane')) (lane as HTMLElement).click();
  const faults = async () => {
    const { violations } = await axe.run(document.body, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { region: { enabled: false } },
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  };
  for (const width of [1440, 360]) {
    await page.viewport(width, 800);
    await expect.poll(faults, { timeout: 15_000 }).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  }
  await page.getByRole('button', { name: 'Add a sound' }).click();
  await expect.poll(faults, { timeout: 15_000 }).toEqual([]);
});

test('another take keeps the edited score, and another mood makes a new plan', SOON, async () => {
  await openLanes();
  await page
    .getByRole('button', { name: /^Drop / })
    .first()
    .click();
  await madeAnew();
  await page.getByRole('button', { name: 'Another take' }).click();
  await expect.element(page.getByRole('button', { name: /^Take 3.*changed$/ }), SOON).toBeVisible();
  await page.getByRole('radio', { name: 'Music', exact: true }).click({ force: true });
  await expect.element(page.getByText(/^Choose a clip/), SOON).toBeVisible();
});

test('a word without a sound is shown with the nearest one, which a button adds', SOON, async () => {
  await openLanes();
  await page.getByRole('textbox', { name: 'Effects', exact: true }).fill('laser');
  await userEvent.keyboard('{Tab}');
  await expect.element(page.getByText('There is no sound for “laser”.'), SOON).toBeVisible();
  await page.getByRole('button', { name: 'Add the nearest: Whoosh' }).click();
  await expect.element(page.getByRole('button', { name: /^Whoosh, / }).first()).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Add the nearest/ })).not.toBeInTheDocument();
});

test('a sound can be heard before it is added: by the keyboard, one at a time', SOON, async () => {
  await openLanes();
  const opener = page.getByRole('button', { name: 'Add a sound' });
  await opener.click();
  await expect.element(page.getByRole('heading', { name: 'Animals' })).toBeInTheDocument();
  await page.getByRole('searchbox').fill('dog');
  await userEvent.keyboard('{Tab}{Tab}');
  expect(document.activeElement!.ariaLabel).toBe('Listen: Dog');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('button', { name: 'Stop: Dog' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Listen: Dog' }), { timeout: 15_000 }).toBeVisible();
  await page.getByRole('searchbox').fill('waterfall');
  await userEvent.keyboard('{Tab}{Tab}{Enter}');
  await expect.element(page.getByRole('button', { name: 'Stop: Waterfall' })).toBeVisible();
  // The first Escape stops the sound, the second one closes the list.
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('button', { name: 'Listen: Waterfall' })).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await userEvent.keyboard('{Tab}{ArrowDown}');
  expect(document.activeElement!.textContent).toMatch(/^Waves/);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
});
