import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { openApp, openClip } from '../../fixtures/open-app.ts';

const SOON = { timeout: 60_000 };
const SIZES = [
  [360, 740],
  [1440, 900],
] as const;

interface Protocol {
  send(method: string, parameters: object): Promise<unknown>;
}
const paint = (features: Record<string, string>) =>
  (cdp() as unknown as Protocol).send('Emulation.setEmulatedMedia', {
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  });

/** What axe finds wrong, as "rule: element". */
async function faults(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // The test's own frame has no landmark for the whole page and its own heading order.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: true } },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** Everything that can be pressed and is smaller than 44 px in a direction, hidden inputs left out. */
function smallTargets(): string[] {
  const found = document.querySelectorAll<HTMLElement>(
    'button, a[href], summary, input, select, [role=slider]',
  );
  return [...found]
    .filter((element) => element.checkVisibility() && !element.hidden)
    .map((element) => ({ element, box: (element.closest('label') ?? element).getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
    .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`);
}

beforeEach(() => paint({ 'prefers-color-scheme': 'light', 'prefers-reduced-motion': 'reduce' }));

test('axe finds no fault on the start screen, in light and dark, narrow and wide', async () => {
  await openApp();
  for (const scheme of ['light', 'dark'])
    for (const [width, height] of SIZES) {
      await page.viewport(width, height);
      await paint({ 'prefers-color-scheme': scheme, 'prefers-reduced-motion': 'reduce' });
      // Colours change over a few frames.
      await expect.poll(faults, { message: `${scheme} ${width}`, timeout: 10_000 }).toEqual([]);
      expect(document.documentElement.scrollWidth, `${width} wide`).toBeLessThanOrEqual(width);
    }
  expect(smallTargets()).toEqual([]);
});

test('axe finds no fault in the editor, in light and dark, narrow and wide', SOON, async () => {
  await openClip();
  for (const element of document.querySelectorAll('details')) element.open = true;
  for (const scheme of ['light', 'dark'])
    for (const [width, height] of SIZES) {
      await page.viewport(width, height);
      await paint({ 'prefers-color-scheme': scheme, 'prefers-reduced-motion': 'reduce' });
      // Colours change over a few frames.
      await expect.poll(faults, { message: `${scheme} ${width}`, timeout: 10_000 }).toEqual([]);
      expect(document.documentElement.scrollWidth, `${width} wide`).toBeLessThanOrEqual(width);
    }
  expect(smallTargets()).toEqual([]);
});

test('at 320 px nothing needs horizontal scrolling', SOON, async () => {
  await openClip();
  await page.viewport(320, 640);
  await expect.poll(() => document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
});
