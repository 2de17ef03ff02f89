import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { chooseFile, fetchShortSample, openApp } from '../../fixtures/open-app.ts';
import { makeProject } from '../../fixtures/projects/make-project.ts';

const SOON = { timeout: 60_000 };
const dialog = () => page.getByRole('dialog', { name: 'Settings' });

async function openSettings() {
  const app = await openApp();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect.element(dialog()).toBeVisible();
  return app;
}
const openSection = (name: string) => dialog().getByText(name, { exact: true }).click();

beforeEach(() => localStorage.clear());
afterEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset['theme'];
});

test('the theme changes at once, and the system’s comes back with a reset', async () => {
  await openSettings();
  const paper = () => getComputedStyle(document.body).backgroundColor;
  await dialog().getByRole('radio', { name: 'Dark' }).click();
  await expect.poll(paper).toBe('rgb(10, 23, 27)');
  await dialog().getByRole('radio', { name: 'Light' }).click();
  await expect.poll(paper).toBe('rgb(244, 236, 223)');
  await dialog().getByRole('button', { name: 'Reset all settings' }).click();
  await expect.element(dialog().getByText(/as on the first day/)).toBeVisible();
  expect(document.documentElement.dataset['theme']).toBeUndefined();
});

test('a new project has the chosen defaults', { timeout: 90_000 }, async () => {
  await openSettings();
  await openSection('New projects begin with');
  await dialog().getByRole('radio', { name: 'Effects' }).click();
  await dialog()
    .getByRole('radio', { name: /Podcast/ })
    .click();
  await dialog().getByLabelText('File', { exact: true }).selectOptions('WebM');
  await dialog().getByRole('button', { name: 'Close' }).click();
  chooseFile(document.querySelector('input[type=file]')!, await fetchShortSample());
  await expect.element(page.getByRole('button', { name: /^Take 1/ }), SOON).toBeVisible();
  const store = new ProjectStore();
  const { project } = (await store.load((await store.list())[0]!.id))!;
  expect(project.options.all).toMatchObject({
    soundtrack: { kind: 'effects' },
    mix: { loudnessLufs: -16 },
    film: { container: 'webm' },
  });
});

test('all projects are deleted at once, and restored with Undo', async () => {
  const app = await openApp();
  await new ProjectStore().add(makeProject('Beach'));
  await new ProjectStore().add(makeProject('Harbour'));
  await app.unmount();
  const { default: Page } = await import('../../../src/routes/+page.svelte');
  const { render } = await import('vitest-browser-svelte');
  await render(Page);
  await page.getByRole('button', { name: 'Settings' }).click();
  await openSection('Storage');
  await dialog().getByRole('button', { name: 'Delete all projects' }).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(await new ProjectStore().list()).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(page.getByRole('button', { name: 'Open Harbour' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Open Beach' })).toBeVisible();
});

test(
  'the first-minute hints have three steps after the sample, can be skipped, and are shown once',
  { timeout: 90_000 },
  async () => {
    await openApp();
    await page.getByRole('button', { name: /^Try the sample/ }).click();
    const hint = page.getByRole('region', { name: 'The first minute' });
    await expect.element(hint.getByText(/Press play/), SOON).toBeVisible();
    await hint.getByRole('button', { name: 'Next' }).click();
    await expect.element(hint.getByText(/Every take is kept/)).toBeVisible();
    await hint.getByRole('button', { name: 'Skip' }).click();
    await expect.element(hint).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Back to the start' }).click();
    await page.getByRole('button', { name: /^Try the sample/ }).click();
    await expect.element(page.getByRole('button', { name: /^Take 1/ }), SOON).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Another take' })).toBeEnabled();
    await expect.element(hint).not.toBeInTheDocument();
  },
);
