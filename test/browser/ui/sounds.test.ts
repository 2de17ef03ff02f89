import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { makeSound } from '../../fixtures/media/make-sound.ts';
import { chooseFile, openClip } from '../../fixtures/open-app.ts';

const SOON = { timeout: 60_000 };
const voice = () =>
  makeSound({ container: 'wav', codec: 'pcm-s24', sampleRate: 44_100, hertz: [440], seconds: 0.5 });
interface Protocol {
  send(method: string, parameters: object): Promise<unknown>;
}
// What fades in has another contrast for a moment.
beforeEach(() =>
  (cdp() as unknown as Protocol).send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-reduced-motion', value: 'reduce' }],
  }),
);
const dialog = () => document.querySelector('dialog[open]')!;

async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(dialog());
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Drops a file on the window. */
function drop(file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  for (const type of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
}

test(
  'a sound file is chosen, laid onto the voice track, and gets a fader',
  { timeout: 180_000 },
  async () => {
    await openClip();
    await page.getByRole('button', { name: 'Add your own sound' }).click();
    await expectAccessible();
    await userEvent.click(page.getByRole('radio', { name: 'Voice' }).element().closest('label')!);
    await expect.element(page.getByText('Music and effects go down under it.')).toBeVisible();
    chooseFile(dialog().querySelector('input[type=file]')!, await voice());
    await expect.element(page.getByRole('slider', { name: 'Voice level' }), SOON).toBeVisible();
    expect(document.querySelector('dialog[open]')).toBeNull();

    drop(await voice());
    await page.getByRole('button', { name: 'Add this sound' }).click();
    await expect.poll(() => document.querySelector('dialog[open]'), SOON).toBeNull();

    drop(new File(['neither'], 'broken.mp3', { type: 'audio/mpeg' }));
    await page.getByRole('button', { name: 'Add this sound' }).click();
    await expect.element(page.getByText(/read as a sound: it is of another kind/), SOON).toBeVisible();
    await expectAccessible();
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.element(page.getByRole('slider', { name: 'Voice level' })).toBeVisible();

    await page.getByRole('button', { name: 'Record your voice' }).click();
    await expect.element(page.getByRole('button', { name: 'Record', exact: true })).toBeEnabled();
    await expectAccessible();
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    // It ends with the film, and is kept.
    await expect.poll(() => document.querySelector('dialog[open]'), SOON).toBeNull();
  },
);
