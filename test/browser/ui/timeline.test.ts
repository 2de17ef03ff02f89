import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openClip } from '../../fixtures/open-app.ts';

const SOON = { timeout: 60_000 };

beforeEach(() => page.viewport(1440, 900));

const clips = (name: RegExp) =>
  [...document.querySelectorAll<HTMLElement>('[data-clip]')].filter((clip) =>
    name.test(clip.ariaLabel ?? ''),
  );
const startOf = (clip: HTMLElement) =>
  Number(getComputedStyle(clip.parentElement!).getPropertyValue('--from'));
const endOf = (clip: HTMLElement) =>
  startOf(clip) + Number(getComputedStyle(clip.parentElement!).getPropertyValue('--length'));

async function add(search: string, name: RegExp) {
  await page.getByRole('button', { name: 'Add a sound' }).click();
  await page.getByRole('searchbox').fill(search);
  await page.getByRole('dialog').getByRole('button', { name }).first().click();
}

async function faults() {
  const { violations } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { region: { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test(
  'a sound is added at the playhead, moved, copied, split and removed by keys, and every step is undone',
  SOON,
  async () => {
    await openClip();
    await add('hund', /^Dog/);
    const dogs = () => clips(/^Dog/);
    await expect.poll(() => dogs().length).toBe(1);
    dogs()[0]!.focus();
    const before = startOf(dogs()[0]!);
    await userEvent.keyboard('{Alt>}{ArrowRight}{ArrowRight}{/Alt}');
    await expect.poll(() => startOf(dogs()[0]!)).toBeCloseTo(before + 0.2);
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowRight}{/Shift}{/Alt}');
    await expect.poll(() => startOf(dogs()[0]!)).toBeCloseTo(before + 1.2);
    expect(document.activeElement).toBe(dogs()[0]);
    await userEvent.keyboard('{Control>}d{/Control}');
    await expect.poll(() => dogs().length).toBe(2);
    await userEvent.keyboard('{Delete}');
    await expect.poll(() => dogs().length).toBe(1);
    expect(document.activeElement).toBe(dogs()[0]);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => dogs().length).toBe(2);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => dogs().length).toBe(1);
    await userEvent.keyboard('{Control>}zzzz{/Control}');
    await expect.poll(() => dogs().length).toBe(0);
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.poll(() => dogs().length).toBe(1);
  },
);

test('dragging the end of a clip trims it, and the field below shows the same', SOON, async () => {
  await openClip();
  await add('waterfall', /^Waterfall/);
  const waterfall = () => clips(/^Waterfall/)[0]!;
  await expect.poll(() => clips(/^Waterfall/).length).toBe(1);
  waterfall().click();
  const whole = endOf(waterfall());
  const edge = waterfall().parentElement!.querySelector<HTMLElement>('.edge.end')!;
  edge.setPointerCapture = () => undefined;
  const { x, y } = edge.getBoundingClientRect();
  const seconds = waterfall().parentElement!.clientWidth / whole;
  const at = { pointerId: 1, bubbles: true, button: 0, clientX: x, clientY: y };
  edge.dispatchEvent(new PointerEvent('pointerdown', at));
  const moved = { ...at, clientX: x - (whole / 2) * seconds, altKey: true };
  edge.dispatchEvent(new PointerEvent('pointermove', moved));
  edge.dispatchEvent(new PointerEvent('pointerup', moved));
  await expect.poll(() => endOf(waterfall())).toBeCloseTo(whole / 2, 1);
  const field = page.getByRole('region', { name: 'Waterfall' }).getByLabelText('End, s');
  expect(Number((field.element() as HTMLInputElement).value)).toBeCloseTo(whole / 2, 1);
  await field.fill('1.5');
  await userEvent.keyboard('{Enter}{Tab}');
  await expect.poll(() => endOf(waterfall())).toBeCloseTo(1.5);

  // Axe finds no fault in an open clip, wide and narrow.
  for (const width of [1440, 360]) {
    await page.viewport(width, 800);
    await expect.poll(faults, { timeout: 15_000 }).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  }
});

test('a place is marked, named, moved by keys and unmarked, all of which is undone', SOON, async () => {
  await openClip();
  await page.getByRole('slider', { name: 'Position' }).fill('1');
  await page.getByRole('button', { name: 'Mark here' }).click();
  const flag = page.getByRole('slider', { name: 'Marker 1' });
  await expect.element(flag).toHaveAttribute('aria-valuenow', '1');
  (flag.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{Enter}');
  await expect.element(flag).toHaveAttribute('aria-valuenow', '1.1');
  await page.getByRole('textbox', { name: 'Name of the marker' }).fill('Splash');
  await userEvent.keyboard('{Tab}');
  await expect.element(page.getByRole('slider', { name: 'Splash' })).toBeVisible();
  (page.getByRole('slider', { name: 'Splash' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Delete}');
  await expect.element(page.getByRole('slider', { name: 'Splash' })).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Undo: remove a marker' }).click();
  await expect.element(page.getByRole('slider', { name: 'Splash' })).toBeVisible();
});
