import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openApp, openClip } from '../../fixtures/open-app.ts';

const SOON = { timeout: 60_000 };
const position = () => page.getByRole('slider', { name: 'Position' });

/** Presses Tab until an element has the focus; fails after too many steps. */
async function tabTo(isIt: (element: Element) => boolean): Promise<void> {
  for (let step = 0; step < 60; step++) {
    await userEvent.keyboard('{Tab}');
    if (document.activeElement && isIt(document.activeElement)) return;
  }
  throw new Error(`Tab never came there; it ended on ${document.activeElement?.outerHTML.slice(0, 120)}`);
}
const named = (name: RegExp) => (element: Element) =>
  name.test(element.getAttribute('aria-label') ?? element.textContent ?? '');

test(
  'without a mouse: sample, transport, another frame, mood, prompt, update',
  { timeout: 120_000 },
  async () => {
    await openApp();
    await tabTo(named(/Try the sample/));
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: /^Take 1/ }), SOON).toBeVisible();

    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.element(position()).toHaveAttribute('aria-valuetext', '0:02.0');
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await expect.element(position()).toHaveAttribute('aria-valuetext', '0:07.0');
    await userEvent.keyboard('{Home}');
    await expect.element(position()).toHaveAttribute('aria-valuetext', '0:00.0');
    await userEvent.keyboard(' ');
    await expect.element(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    await userEvent.keyboard('k');
    await expect.element(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();

    await tabTo((element) => element.matches('.frames [role=option]'));
    await userEvent.keyboard('{Home}{Enter}');
    await expect
      .element(page.getByRole('option', { name: /yours/ }), SOON)
      .toHaveAttribute('aria-selected', 'true');

    await tabTo((element) => element.getAttribute('role') === 'slider');
    await userEvent.keyboard('{ArrowLeft}{ArrowDown}');
    await expect
      .element(page.getByRole('button', { name: 'From the picture' }), SOON)
      .toHaveAttribute('aria-pressed', 'false');

    await tabTo((element) => element instanceof HTMLTextAreaElement);
    await userEvent.keyboard('{Control>}a{/Control}A harbour at night.');
    await expect.element(page.getByRole('button', { name: /^Reset what it shows/ })).toBeVisible();
    const before = page.getByRole('button', { name: /^Take \d/ }).elements().length;
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect
      .poll(() => page.getByRole('button', { name: /^Take \d/ }).elements().length, SOON)
      .toBeGreaterThan(before);
  },
);

test('typed letters don’t drive the player', { timeout: 90_000 }, async () => {
  await openClip();
  await page.getByRole('textbox', { name: 'Project name' }).fill('');
  await userEvent.keyboard('jail l ');
  await expect.element(position()).toHaveAttribute('aria-valuetext', '0:00.0');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('jail l');
});

test(
  'keys step by frames, set a loop, mute the preview, and are listed in a sheet',
  { timeout: 90_000 },
  async () => {
    await openClip();
    document.body.focus();
    await userEvent.keyboard('...');
    await expect.element(position()).toHaveAttribute('aria-valuetext', '0:00.1');
    await userEvent.keyboard(',');
    await expect.element(position()).not.toHaveAttribute('aria-valuetext', '0:00.1');
    await userEvent.keyboard('{ArrowRight}[[');
    await userEvent.keyboard('{ArrowRight}]');
    const loop = page.getByText(/^Plays from 0:01\.\d to 0:02\.\d again and again\.$/);
    await expect.element(loop).toBeInTheDocument();
    await userEvent.keyboard('\\');
    await expect.element(loop).not.toBeInTheDocument();
    await userEvent.keyboard('m');
    await page.getByRole('button', { name: 'More of the player' }).click();
    const mute = page.getByRole('button', { name: 'Mute the preview' });
    await expect.element(mute).toHaveAttribute('aria-pressed', 'true');
    await userEvent.keyboard('?');
    await expect.element(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expect.element(page.getByText('The loop begins here')).toBeVisible();
    await page.getByRole('checkbox', { name: /^Single letters and signs/ }).click();
    await userEvent.keyboard('{Escape}m');
    await expect.element(mute).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('checkbox', { name: /^Single letters and signs/ }).click();
    await userEvent.keyboard('{Escape}m');
    await expect.element(mute).toHaveAttribute('aria-pressed', 'false');
  },
);
