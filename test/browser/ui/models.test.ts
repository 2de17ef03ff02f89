import axe from 'axe-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { findModel } from '#lib/models/installed.ts';
import { deleteWeights, listWeights } from '#lib/models/weights-folder.ts';
import { colourPicture } from '../../fixtures/models/colour-picture.ts';
import { installDescriber } from '../../fixtures/models/install-describer.ts';
import { TINY_DESCRIBERS } from '../../fixtures/models/tiny-describers.ts';
import { TINY_DETECTORS } from '../../fixtures/models/tiny-detectors.ts';
import { chooseFile, openApp } from '../../fixtures/open-app.ts';

const SOON = { timeout: 60_000 };
const forget = async () => {
  localStorage.clear();
  for (const { name } of await listWeights()) await deleteWeights(name);
};
beforeEach(forget);
afterEach(forget);

function give(selector: string, file: File): void {
  chooseFile(document.querySelector<HTMLInputElement>(selector)!, file);
}

async function openModels() {
  await openApp();
  await page.getByRole('button', { name: 'Eyes and words …' }).click();
  await expect
    .element(card('Better').getByRole('button', { name: /^Get it, 16 MB, once/ }), SOON)
    .toBeVisible();
}

/** What the list says about a model, by its heading. */
const card = (heading: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: heading }) });
const used = (heading: string) => card(heading).getByText('In use for new projects');

const detector = () => new File([new Uint8Array(TINY_DETECTORS.boxes())], 'tiny.onnx');

test('size, origin, licence and what that means can be read before a model is downloaded', async () => {
  await openModels();
  const dialog = page.getByRole('dialog', { name: 'Eyes and words' });
  const text = (heading: string) => expect.poll(() => card(heading).element().textContent, SOON);
  await text('Small, comes with the app').toMatch(/4\.6 MB.*COCO-SSD\. Apache-2\.0\. Free for any use/s);
  await text('Better').toMatch(/from huggingface\.co.*D-FINE nano\. Apache-2\.0\. Free for any use/s);
  await text('Best').toMatch(/YOLOv9.*GPL-3\.0\. Fine to use.*from huggingface\.co/s);
  // What nobody hosts is of no use to a visitor.
  expect(dialog.element().textContent).not.toContain('YOLOv9 t');
  await expect.poll(() => dialog.element().textContent, SOON).toMatch(/on the processor a model gets/s);
  await page.getByText('More eyes, and where they run').click();
  const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'] });
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
  ).toEqual([]);
});

test('a user’s own detector is used for new projects until it is deleted', async () => {
  await openModels();
  await expect.element(used('Small, comes with the app')).toBeVisible();
  give('input[accept=".onnx"]', detector());
  await expect.element(used('tiny.onnx'), SOON).toBeVisible();
  await page.getByRole('button', { name: /^Delete.*tiny\.onnx/ }).click();
  await expect.element(used('Small, comes with the app'), SOON).toBeVisible();
  expect(await listWeights()).toEqual([]);
});

test('new projects look for nothing when none is chosen, until a detector is', async () => {
  await openModels();
  await page.getByRole('button', { name: 'Use this one , None' }).click();
  await expect.element(used('None')).toBeVisible();
  await expect.element(used('Small, comes with the app')).not.toBeInTheDocument();
  await page.getByRole('button', { name: /^Use this one.*Small/ }).click();
  await expect.element(used('Small, comes with the app')).toBeVisible();
});

test('a file that is no model is refused in one sentence', async () => {
  await openModels();
  give('input[accept=".onnx"]', new File(['<!doctype html>'], 'page.onnx'));
  await expect.element(page.getByText(/A whole ONNX model was wanted/), SOON).toBeVisible();
});

test('labels are shown as chips; removing one changes the prompts, restoring it undoes that', async () => {
  await openModels();
  give('input[accept=".onnx"]', detector());
  await expect.element(used('tiny.onnx'), SOON).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  const picture = await colourPicture(320, 240, [
    { colour: 'red', x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
  ]);
  give('input[type=file]', new File([picture], 'red.png', { type: 'image/png' }));
  const chip = page.getByRole('button', { name: 'Take “person” out of the words' });
  await expect.element(chip, SOON).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Boxes' })).toHaveAttribute('aria-pressed', 'true');
  // Of a photo there is no second frame to choose.
  await expect
    .element(page.getByRole('region', { name: 'In the picture' }).getByText('person', { exact: true }))
    .toBeVisible();
  await expect.element(page.getByRole('listbox')).not.toBeInTheDocument();
  await expect.element(page.getByRole('img', { name: 'In this frame: person' })).toBeInTheDocument();
  expect(document.querySelectorAll('.marks rect')).toHaveLength(1);
  await page.getByRole('button', { name: 'Boxes' }).click();
  expect(document.querySelectorAll('rect')).toHaveLength(0);
  await page.getByRole('button', { name: 'Boxes' }).click();
  const effects = () => [...document.querySelectorAll('textarea')].map(({ value }) => value).join('\n');
  expect(effects()).toContain('person');
  await chip.click();
  const back = page.getByRole('button', { name: 'Bring “person” back' });
  await expect.element(back, SOON).toBeVisible();
  await expect.poll(effects, SOON).not.toContain('person');
  await userEvent.fill(page.getByRole('textbox', { name: 'Add a word' }), 'gulls');
  await userEvent.keyboard('{Enter}');
  await expect.poll(effects, SOON).toMatch(/gulls/i);
  await back.click();
  await expect.poll(effects, SOON).toMatch(/person[^]*gulls/i);
});

test('a describer on this device describes the frame, and the rules can be chosen again', async () => {
  const model = (await findModel('moondream2'))!;
  await installDescriber(model, model.files[1]!, TINY_DESCRIBERS.moondream());
  await openModels();
  await expect.element(used('MoonDream2'), SOON).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  const picture = await colourPicture(320, 240, [{ colour: 'blue', x: 0, y: 0, width: 1, height: 1 }]);
  give('input[type=file]', new File([picture], 'blue.png', { type: 'image/png' }));
  const words = page.getByRole('textbox', { name: 'What it shows' });
  await expect.element(words, SOON).toHaveValue('a blue scene.');
  await expect.element(page.getByText(/MoonDream2 looks at one frame, on this device/)).toBeVisible();
  const effects = () => [...document.querySelectorAll('textarea')].map(({ value }) => value).join('\n');
  await expect.poll(effects, SOON).toMatch(/BPM, a blue scene/i);
  await page.getByRole('button', { name: 'Describe it by measurements' }).click();
  await expect.poll(effects, SOON).not.toMatch(/a blue scene/i);
  expect(effects()).toMatch(/^An? .*\.\n/);
  await expect.element(page.getByRole('button', { name: 'Describe it with MoonDream2' }), SOON).toBeVisible();
});
