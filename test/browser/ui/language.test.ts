import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { setLanguage } from '#lib/ui/language.svelte.ts';
import { openApp } from '../../fixtures/open-app.ts';

/** The language that a new page begins with. */
async function languageOfNewPage(): Promise<string> {
  const page = document.createElement('iframe');
  page.srcdoc = `<!doctype html><html><title>New page</title><script type="module">
    import { language } from '${location.origin}/src/lib/ui/language.svelte.ts';
    parent.postMessage({ shown: language(), lang: document.documentElement.lang }, '*');
  </script></html>`;
  const answer = new Promise<{ shown: string; lang: string }>((resolve) => {
    const hear = ({ source, data }: MessageEvent) => {
      if (source !== page.contentWindow) return;
      window.removeEventListener('message', hear);
      resolve(data as { shown: string; lang: string });
    };
    window.addEventListener('message', hear);
  });
  document.body.append(page);
  const { shown, lang } = await answer;
  page.remove();
  expect(lang).toBe(shown);
  return shown;
}

afterEach(() => {
  setLanguage('en');
  localStorage.removeItem('immersivaudio-language');
});

test('German is shown at once and everywhere, and axe finds no fault at 360 px', async () => {
  await page.viewport(360, 740);
  await openApp();
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Sound for what you see.');
  setLanguage('de');
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('Klang für das, was du siehst.');
  await expect.element(page.getByRole('button', { name: 'Video oder Bild wählen' })).toBeVisible();
  expect(document.documentElement.lang).toBe('de');
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  const faults = async () => {
    const { violations } = await axe.run(document.documentElement, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      // The test's own frame has no title.
      rules: { 'document-title': { enabled: false } },
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  };
  await expect.poll(faults, { timeout: 10_000 }).toEqual([]);
});

test('a choice is kept for the next visit; without one the browser’s language is used', async () => {
  expect(await languageOfNewPage()).toBe('en');
  setLanguage('it');
  expect(localStorage.getItem('immersivaudio-language')).toBe('it');
  expect(await languageOfNewPage()).toBe('it');
});
