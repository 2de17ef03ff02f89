import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { readProjectFile } from '#lib/projects/project-file.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { openClip } from '../../fixtures/open-app.ts';

const SOON = { timeout: 60_000 };
const dialog = () => page.getByRole('dialog', { name: 'Save' });

afterEach(() => {
  vi.restoreAllMocks();
  for (const name of ['share', 'canShare']) Reflect.deleteProperty(navigator, name);
});

/** A substitute for the phone's share sheet: records what is shared, and whether within a tap. */
function standInForShareSheet() {
  const given: { data: ShareData; isInsideTap: boolean }[] = [];
  Object.assign(navigator, {
    canShare: () => true,
    share: (data: ShareData) => {
      given.push({ data, isInsideTap: navigator.userActivation.isActive });
      return Promise.resolve();
    },
  });
  return given;
}

/** Catches what the app saves with a download link. */
function catchDownloads(): Promise<File> {
  const { promise, resolve } = Promise.withResolvers<File>();
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const { href, download } = this;
    void fetch(href)
      .then((answer) => answer.blob())
      .then((blob) => resolve(new File([blob], download, { type: blob.type })));
  });
  return promise;
}

test(
  'the film, its moving poster and the whole project are saved, each with a good name',
  { timeout: 180_000 },
  async () => {
    const given = standInForShareSheet();
    await openClip();
    await page.getByRole('button', { name: 'Save film' }).click();

    // The film must be ready before the button, since sharing must start within the tap.
    const share = dialog().getByRole('button', { name: 'Share', exact: true });
    await expect.element(share, SOON).toBeVisible();
    await share.click();
    await expect.poll(() => given.length).toBe(1);
    const [{ data, isInsideTap }] = given as [(typeof given)[0]];
    expect(isInsideTap).toBe(true);
    // A title or URL beside the file breaks sharing on iOS.
    expect(Object.keys(data)).toEqual(['files']);
    expect(data.files![0]!.name).toBe('sample-soundtrack.mp4');
    expect(data.files![0]!.size).toBeGreaterThan(150_000);

    await dialog().getByRole('button', { name: 'Make, Moving picture' }).click();
    const poster = dialog().getByRole('button', { name: 'Save, Moving picture' });
    await expect.element(poster, SOON).toBeVisible();
    let caught = catchDownloads();
    await poster.click();
    expect(await caught).toMatchObject({ name: 'sample-poster.webp', type: 'image/webp' });

    vi.restoreAllMocks();
    await dialog().getByText('More: for other programs').click();
    caught = catchDownloads();
    await dialog().getByRole('button', { name: 'Save, Edit list' }).click();
    const list = await caught;
    expect(list.name).toBe('sample-edit.otio');
    expect(JSON.parse(await list.text())).toMatchObject({ OTIO_SCHEMA: 'Timeline.1', name: 'sample' });

    vi.restoreAllMocks();
    caught = catchDownloads();
    await dialog().getByRole('button', { name: 'Save, The whole project' }).click();
    const file = await caught;
    expect(file.name).toBe('sample-project.immersivaudio');
    const store = new ProjectStore();
    const { project: kept } = (await store.load((await store.list())[0]!.id))!;
    const { project } = await readProjectFile(file);
    expect(project).toEqual({ ...kept, id: project.id, job: { ...kept.job, id: project.id } });
  },
);
