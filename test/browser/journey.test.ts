import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { openApp } from '../fixtures/open-app.ts';

const MINUTES = 60_000;
const soon = { timeout: MINUTES };

test(
  'from the sample to a film: soundtrack, another kind, another take, save',
  { timeout: 3 * MINUTES },
  async () => {
    await openApp();
    await page.getByRole('button', { name: /^Try the sample/ }).click();
    await expect.element(page.getByRole('button', { name: /^Take 1/ }), soon).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'What it shows' })).not.toHaveValue('');

    await page.getByRole('radio', { name: 'Music' }).click();
    await expect
      .element(page.getByRole('button', { name: /^Take 2/ }), soon)
      .toHaveAttribute('aria-pressed', 'true');
    await expect.element(page.getByRole('heading', { name: /^Effects/ })).not.toBeInTheDocument();

    await page.getByRole('button', { name: 'Another take' }).click();
    await expect
      .element(page.getByRole('button', { name: /^Take 3/ }), soon)
      .toHaveAttribute('title', expect.stringMatching(/ · seed \d+$/));

    await page.getByRole('button', { name: 'Save film' }).click();
    const link = page.getByRole('link', { name: 'Save, Film' });
    await expect.element(link, soon).toHaveAttribute('download', 'sample-soundtrack.mp4');
    const film = await (await fetch((link.element() as HTMLAnchorElement).href)).blob();
    expect(film.type).toBe('video/mp4');

    const video = document.createElement('video');
    video.src = URL.createObjectURL(film);
    await new Promise((resolve, reject) => {
      video.onloadedmetadata = resolve;
      video.onerror = () => reject(new Error(video.error?.message));
    });
    expect(video.duration).toBeCloseTo(12, 0);
  },
);
