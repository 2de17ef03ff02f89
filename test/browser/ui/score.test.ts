import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openClip } from '../../fixtures/open-app.ts';

const SOON = { timeout: 120_000 };

async function openLanes() {
  const app = await openClip();
  await page.getByText('Instruments and sounds', { exact: true }).click();
  await expect.element(page.getByText(/^This is the plan/), SOON).toBeVisible();
  return app;
}

const handles = () => [...document.querySelectorAll<HTMLElement>('[role=slider]:not(input)')];
const secondsOf = (handle: HTMLElement) => Number(handle.getAttribute('aria-valuenow'));
const madeAnew = () => expect.element(page.getByRole('button', { name: /changed$/ }), SOON).toBeVisible();

beforeEach(() => page.viewport(1440, 900));

test(
  'a sound is added at the playhead, moved by arrow keys, removed by Delete and restored by undo',
  SOON,
  async () => {
    await openLanes();
    await page.getByRole('button', { name: 'Add a sound' }).click();
    await page.getByRole('searchbox').fill('hund');
    await page.getByRole('dialog').getByRole('button', { name: /^Dog/ }).click();
    const dog = () => handles().find((handle) => handle.ariaLabel?.startsWith('Dog'))!;
    await expect.poll(() => dog() !== undefined).toBe(true);
    await madeAnew();

    dog().focus();
    const before = secondsOf(dog());
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(secondsOf(dog())).toBeCloseTo(before + 0.2);
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    expect(secondsOf(dog())).toBeCloseTo(before + 1.2);
    expect(document.activeElement).toBe(dog());

    // A second dog passes the first one and is still the one that is moved.
    await page.getByRole('button', { name: 'Add a sound' }).click();
    await page.getByRole('searchbox').fill('dog');
    await page.getByRole('dialog').getByRole('button', { name: /^Dog/ }).click();
    const second = handles().filter((handle) => handle.ariaLabel?.startsWith('Dog'))[1]!;
    expect(second.ariaLabel).toBe('Dog 1 of 2');
    second.focus();
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    expect(second.ariaLabel).toBe('Dog 2 of 2');
    expect(document.activeElement).toBe(second);
    await userEvent.keyboard('{Delete}');

    dog().focus();
    await userEvent.keyboard('{Delete}');
    expect(dog()).toBeUndefined();
    await page.getByRole('button', { name: 'Undo: remove Dog' }).click();
    expect(secondsOf(dog())).toBeCloseTo(before + 1.2);
    await page.getByRole('button', { name: 'Back to the plan' }).click();
    await expect.element(page.getByText(/^This is the plan/)).toBeVisible();
    expect(dog()).toBeUndefined();
  },
);

test('dragging an edge of a layer sets its time, and the field beside it shows the same', SOON, async () => {
  await openLanes();
  await page.getByRole('button', { name: 'Add a sound' }).click();
  await page.getByRole('searchbox').fill('waterfall');
  await page.getByRole('button', { name: /^Waterfall/ }).click();
  const end = () => handles().find((handle) => handle.ariaLabel === 'Waterfall: end')!;
  await expect.poll(() => end() !== undefined).toBe(true);
  const whole = secondsOf(end());
  const { x, y, width, height } = end().getBoundingClientRect();
  const at = { pointerId: 1, bubbles: true, button: 0, clientY: y + height / 2 };
  const grab = { ...at, clientX: x + width / 2 };
  end().setPointerCapture = () => undefined;
  end().dispatchEvent(new PointerEvent('pointerdown', grab));
  const half = end().parentElement!.clientWidth / 2;
  end().dispatchEvent(new PointerEvent('pointermove', { ...grab, clientX: grab.clientX - half }));
  end().dispatchEvent(new PointerEvent('pointerup', { ...grab, clientX: grab.clientX - half }));
  await expect.poll(() => secondsOf(end())).toBeCloseTo(whole / 2, 1);
  await page.getByRole('button', { name: /^Waterfall/, expanded: false }).click();
  const field = page.getByRole('group', { name: 'Waterfall' }).getByLabelText('End, s');
  expect(Number((field.element() as HTMLInputElement).value)).toBeCloseTo(whole / 2, 1);
  await field.fill('1.5');
  await userEvent.keyboard('{Enter}{Tab}');
  await expect.poll(() => secondsOf(end())).toBe(1.5);
});

test('an instrument is swapped, a part removed, the key changed, and the sound follows', SOON, async () => {
  await openLanes();
  const lanes = () => document.querySelectorAll('[aria-labelledby="score-music"] .lane').length;
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
  await expect.element(page.getByText(/^This is the plan/), SOON).toBeVisible();
});

test('a word without a sound is shown with the nearest one, which a button adds', SOON, async () => {
  await openLanes();
  await page.getByRole('textbox', { name: 'Effects', exact: true }).fill('laser');
  await page.getByRole('button', { name: /^Update/ }).click();
  await expect.element(page.getByText('There is no sound for “laser”.'), SOON).toBeVisible();
  await page.getByRole('button', { name: 'Add the nearest: Whoosh' }).click();
  await expect.poll(() => handles().some((handle) => handle.ariaLabel?.startsWith('Whoosh'))).toBe(true);
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
