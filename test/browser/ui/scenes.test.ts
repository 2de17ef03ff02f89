import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fetchSample, openApp } from '../../fixtures/open-app.ts';

const SOON = { timeout: 120_000 };

const edges = () => [...document.querySelectorAll<HTMLElement>('.scenes [role=slider]')];
const secondsOf = (edge: HTMLElement) => Number(edge.getAttribute('aria-valuenow'));
const whenEdges = (count: number) => expect.poll(() => edges().length, SOON).toBe(count);

test(
  'the sample has two scenes; edges are moved, joined and split by keys, and undo brings them back, at 360 px',
  SOON,
  async () => {
    await page.viewport(360, 800);
    const app = await openApp();
    const input = app.container.querySelector<HTMLInputElement>('input[type=file]')!;
    const files = new DataTransfer();
    files.items.add(await fetchSample());
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await expect.element(page.getByRole('button', { name: /^Take 1/ }), SOON).toBeVisible();
    await whenEdges(1);
    const cut = secondsOf(edges()[0]!);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
    const { violations } = await axe.run(document.querySelector('.scenes')!);
    expect(violations.map(({ id }) => id)).toEqual([]);

    edges()[0]!.focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => secondsOf(edges()[0]!), SOON).toBeCloseTo(cut + 0.1, 2);
    edges()[0]!.focus();
    await userEvent.keyboard('{Delete}');
    await whenEdges(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await whenEdges(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => secondsOf(edges()[0]!), SOON).toBeCloseTo(cut, 2);

    const first = page.getByRole('button', { name: /^Scene 1 from/ });
    await first.click();
    await expect.element(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
    await page.getByRole('button', { name: /^Pause/ }).click();
    await expect.poll(() => edges().length).toBe(1);
  },
);
