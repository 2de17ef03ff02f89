import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { openApp } from '../../fixtures/open-app.ts';
import { makeProject } from '../../fixtures/projects/make-project.ts';

const SOON = { timeout: 30_000 };

function drop(file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  for (const type of ['dragenter', 'dragover', 'drop'])
    window.dispatchEvent(new DragEvent(type, { dataTransfer, cancelable: true, bubbles: true }));
}

test('a file that is no video is refused in one sentence, and can be tried again', async () => {
  await openApp();
  drop(new File(['Dear diary'], 'diary.txt', { type: 'text/plain' }));
  const panel = page.getByRole('alert');
  await expect.element(panel.getByRole('heading'), SOON).toHaveTextContent('This file can’t be read');
  await expect.element(panel.getByText('Your file and your projects are untouched.')).toBeVisible();
  await expect.element(panel.getByRole('button', { name: 'Try again' })).toBeVisible();
  await panel.getByRole('button', { name: 'Dismiss' }).click();
  await expect.element(panel).not.toBeInTheDocument();
});

test('dropping something without a file does nothing', async () => {
  await openApp();
  const dataTransfer = new DataTransfer();
  dataTransfer.setData('text/plain', 'words');
  const event = new DragEvent('drop', { dataTransfer, cancelable: true });
  window.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
});

test('a deleted project is restored with Undo', async () => {
  const screen = await openApp();
  await new ProjectStore().add(makeProject('Beach'));
  await screen.unmount();
  const { default: Page } = await import('../../../src/routes/+page.svelte');
  const { render } = await import('vitest-browser-svelte');
  await render(Page);
  await page.getByRole('button', { name: 'More about Beach' }).click();
  await page.getByRole('button', { name: 'Delete, Beach' }).click();
  await expect.element(page.getByRole('button', { name: 'Open Beach' })).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(page.getByRole('button', { name: 'Open Beach' })).toBeVisible();
});

async function openAppWith(...titles: string[]): Promise<void> {
  const screen = await openApp();
  for (const title of titles) await new ProjectStore().add(makeProject(title));
  await screen.unmount();
  const { default: Page } = await import('../../../src/routes/+page.svelte');
  const { render } = await import('vitest-browser-svelte');
  await render(Page);
}

test('a project is renamed and duplicated from its card', async () => {
  await openAppWith('Beach');
  await page.getByRole('button', { name: 'More about Beach' }).click();
  await page.getByRole('button', { name: 'Rename, Beach' }).click();
  const field = page.getByRole('textbox', { name: 'New name of Beach' });
  await expect.element(field).toHaveFocus();
  await field.fill('Evening');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('button', { name: 'Open Evening' })).toBeVisible();
  await page.getByRole('button', { name: 'More about Evening' }).click();
  await page.getByRole('button', { name: 'Duplicate, Evening' }).click();
  await expect.element(page.getByRole('button', { name: 'Open Evening (copy)' })).toBeVisible();
});

test('the menu of a card closes with Escape, and the focus returns', async () => {
  await openAppWith('Beach');
  const opener = page.getByRole('button', { name: 'More about Beach' });
  await opener.click();
  await expect.element(opener).toHaveAttribute('aria-expanded', 'true');
  await userEvent.keyboard('{Tab}{Escape}');
  await expect.element(opener).toHaveAttribute('aria-expanded', 'false');
  await expect.element(opener).toHaveFocus();
});

test('a file with only the name of a project is refused in one sentence', async () => {
  await openApp();
  drop(new File(['Dear diary'], 'diary.immersivaudio'));
  const panel = page.getByRole('alert');
  await expect.element(panel.getByRole('heading'), SOON).toHaveTextContent('This is not a project file');
  await panel.getByRole('button', { name: 'Dismiss' }).click();
  await expect.element(panel).not.toBeInTheDocument();
});
