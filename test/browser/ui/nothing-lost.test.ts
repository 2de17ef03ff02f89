import axe from 'axe-core';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { findEntry, type Job } from '#lib/job/job.ts';
import { takesOf } from '#lib/job/takes.ts';
import { readProjectFile } from '#lib/projects/project-file.ts';
import type { Project } from '#lib/projects/project.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { blobFolder, hasBlob } from '#lib/worker/blob-store.ts';
import { catchDownload } from '../../fixtures/catch-download.ts';
import { chooseFile, fetchShortSample, openApp, openClip, take } from '../../fixtures/open-app.ts';
import { makeProject } from '../../fixtures/projects/make-project.ts';

const SOON = { timeout: 120_000 };
const LONG = { timeout: 240_000 };

afterEach(() => {
  vi.restoreAllMocks();
});

/** The only project of this device, as it is stored. */
async function stored(): Promise<Project> {
  const store = new ProjectStore();
  const [summary] = await store.list();
  return (await store.load(summary!.id))!.project;
}

const takeCount = () => page.getByRole('button', { name: /^Take \d/ }).elements().length;
const faults = async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] })).violations;

test(
  'a failed save is reported with what to do, nothing is lost, and its success is reported too',
  LONG,
  async () => {
    await openClip();
    await expect.element(page.getByText('Saved', { exact: true })).toBeInTheDocument();
    const puts = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('Quota exceeded by 3 bytes.', 'QuotaExceededError');
    });
    await page.getByRole('button', { name: 'Another take' }).click();
    const alert = page.getByRole('alert');
    await expect.element(alert.getByRole('heading', { name: '“sample” is not saved' }), SOON).toBeVisible();
    await expect.element(alert.getByText(/no room left/)).toBeVisible();
    await expect.element(page.getByText('Not saved', { exact: true })).toBeInTheDocument();
    expect(document.body.textContent).not.toContain('Quota exceeded');
    await expect.element(take(2), SOON).toBeVisible();
    await expect.poll(faults, SOON).toEqual([]);
    const leaving = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(true);

    const file = await catchDownload(() => alert.getByRole('button', { name: 'Save project file' }).click());
    expect(takesOf((await readProjectFile(file)).project.job)).toHaveLength(2);

    puts.mockRestore();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect.element(alert).not.toBeInTheDocument();
    await expect.element(page.getByText('Saved', { exact: true })).toBeInTheDocument();
    expect(takesOf((await stored()).job)).toHaveLength(2);
  },
);

test('a project that was closed before it was saved is still saved', LONG, async () => {
  await openClip();
  const puts = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('No.', 'UnknownError');
  });
  await page.getByRole('textbox', { name: 'Project name' }).fill('Evening');
  await userEvent.keyboard('{Enter}');
  await page.getByRole('button', { name: 'Back to the start' }).click();
  const alert = page.getByRole('alert');
  await expect.element(alert.getByRole('heading', { name: '“Evening” is not saved' })).toBeVisible();
  puts.mockRestore();
  await expect.element(alert, { timeout: 20_000 }).not.toBeInTheDocument();
  expect((await stored()).title).toBe('Evening');
});

/** The take that the latest film was made from, by way of its assembly. */
function takeOfFilm(job: Job) {
  const { assemble } = findEntry(job, 'film')!.inputs;
  return job.entries.find(({ key }) => key === assemble)?.inputs['soundtrack'];
}

test(
  'Save film asks what to save when the prompts have changed, and never makes a new take',
  LONG,
  async () => {
    await openClip();
    await page.getByRole('textbox', { name: 'Music' }).fill('a slow waltz for piano');
    await page.getByRole('button', { name: 'Save film' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save' });
    await expect.element(dialog.getByText(/^You changed something since this sound was made/)).toBeVisible();
    await expect.poll(faults, SOON).toEqual([]);
    await dialog.getByRole('button', { name: 'Save what I hear' }).click();
    await expect.element(dialog.getByRole('heading', { name: 'Your film is ready' }), SOON).toBeVisible();
    const project = await stored();
    expect(takesOf(project.job)).toHaveLength(1);
    expect(takeOfFilm(project.job)).toBe(takesOf(project.job)[0]!.key);
    expect(project.options.all.prompt.music).toBe('a slow waltz for piano');

    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Save film' }).click();
    await dialog.getByRole('button', { name: 'Make it anew first' }).click();
    await expect.element(dialog.getByRole('heading', { name: 'Your film is ready' }), SOON).toBeVisible();
    await expect.poll(async () => takesOf((await stored()).job).length).toBe(2);
    const { job } = await stored();
    expect(takeOfFilm(job)).toBe(takesOf(job).at(-1)!.key);
  },
);

test(
  'when the browser has cleared the storage the app asks for the video, checks it, and restores everything',
  LONG,
  async () => {
    const app = await openClip();
    const before = takesOf((await stored()).job)[0]!;
    await app.unmount();
    const folder = await blobFolder();
    for await (const name of folder.keys()) await folder.removeEntry(name);
    sessionStorage.clear();
    await openAgain();
    await page.getByRole('button', { name: 'Open sample' }).click();
    const missing = page.getByRole('region', { name: 'Your video is no longer stored here' });
    await expect.element(missing).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
    expect(document.body.textContent).not.toMatch(/DOMException|could not be found at the time|md5-/);
    await expect.poll(faults, SOON).toEqual([]);

    const input = () => missing.element().querySelector('input')!;
    const other = new File([await (await fetchShortSample()).slice(0, 200_000).arrayBuffer()], 'other.mp4');
    chooseFile(input(), other);
    await expect.element(page.getByRole('alert'), SOON).toBeVisible();
    await expect.element(missing).toBeVisible();
    expect(await hasBlob(findEntry((await stored()).job, 'source')!.output.blob)).toBe(false);

    chooseFile(input(), await fetchShortSample('renamed by the camera.mp4'));
    await expect.element(missing, SOON).not.toBeInTheDocument();
    await expect.poll(() => hasBlob(before.output.music!.stem.blob), SOON).toBe(true);
    await expect.element(page.getByText('Making the soundtrack'), SOON).not.toBeInTheDocument();
    expect(takesOf((await stored()).job).map(({ output }) => output)).toEqual([before.output]);
    expect(takeCount()).toBe(1);
  },
);

test(
  'when storage is cleared while the project is open the app asks for the video, not for a useless retry',
  LONG,
  async () => {
    await openClip();
    const folder = await blobFolder();
    for await (const name of folder.keys()) await folder.removeEntry(name);
    await page.getByRole('button', { name: 'Another take' }).click();
    const missing = page.getByRole('region', { name: 'Your video is no longer stored here' });
    await expect.element(missing, SOON).toBeVisible();
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
    chooseFile(missing.element().querySelector('input')!, await fetchShortSample());
    await expect.element(take(2), SOON).toBeVisible();
    await expect.element(missing).not.toBeInTheDocument();
  },
);

test(
  'a damaged project is listed as such, can be saved raw and deleted, and the others open',
  LONG,
  async () => {
    const app = await openApp();
    const store = new ProjectStore();
    await store.add(makeProject('Beach'));
    await store.add({ ...makeProject('Broken'), options: { schema: 2, all: { mix: 7 }, of: {} } as never });
    await app.unmount();
    await openAgain();
    await expect.element(page.getByText('Damaged.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Open Beach' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Open Broken' })).not.toBeInTheDocument();
    await expect.poll(faults, SOON).toEqual([]);
    await page.getByRole('button', { name: 'More about Broken' }).click();
    const raw = await catchDownload(() =>
      page.getByRole('button', { name: 'Save what is stored, Broken' }).click(),
    );
    expect(JSON.parse(await raw.text())).toMatchObject({ head: { title: 'Broken' } });
    await page.getByRole('button', { name: 'More about Broken' }).click();
    await page.getByRole('button', { name: 'Delete, Broken' }).click();
    await expect.element(page.getByText('Damaged.')).not.toBeInTheDocument();
  },
);

test('an uncaught error is reported once, in words of the app', async () => {
  await openApp();
  const swallow = (event: Event) => event.preventDefault();
  addEventListener('unhandledrejection', swallow);
  window.dispatchEvent(
    new PromiseRejectionEvent('unhandledrejection', {
      promise: Promise.resolve(),
      reason: new TypeError('x is undefined'),
    }),
  );
  removeEventListener('unhandledrejection', swallow);
  const alert = page.getByRole('alert');
  await expect.element(alert.getByRole('heading', { name: 'Something went wrong' })).toBeVisible();
  expect(alert.element().textContent).not.toContain('undefined');
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect.element(alert).not.toBeInTheDocument();
});

/** The app as after a reload: the same device, a new page. */
async function openAgain() {
  const { default: Page } = await import('../../../src/routes/+page.svelte');
  const { render } = await import('vitest-browser-svelte');
  return render(Page);
}
