import { afterEach, expect, test, vi } from 'vitest';
import { fetchRecipe } from '#lib/share/ask-shares.ts';
import type { KeptLink } from '#lib/share/kept-links.ts';
import { Links } from '#lib/state/links.svelte.ts';
import type { LinkOptions } from '#lib/state/link-material.ts';
import { connectServer, openStudio } from '../../fixtures/open-studio.ts';

const LONG = { timeout: 120_000 };

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

const LINK: LinkOptions = {
  ...{ form: 'film', title: 'Beach', days: 7, isPrivate: false, language: 'en' },
  names: { sound: (recipe) => recipe, music: (style) => style },
};

const recipeOf = ({ origin, id }: KeptLink) => fetchRecipe(origin, id);

async function open() {
  const studio = await openStudio();
  const links = new Links(studio, await connectServer());
  await links.load();
  return { studio, links };
}

test('a film is published, listed, deleted and restored', LONG, async () => {
  const { studio, links } = await open();
  expect(links.bytesOf('film')).toBeNull();
  await links.publish(LINK);
  expect(links.made).toBeNull();
  await studio.run('film');
  expect(links.bytesOf('film')).toBe(studio.takeEntries.film!.output.bytes);
  await links.publish(LINK);
  expect([links.failure, links.phase, links.pending]).toEqual([null, null, null]);
  const made = links.made!;
  expect(made).toMatchObject({ title: 'Beach', form: 'film', isPrivate: false });
  await expect(recipeOf(made)).resolves.toMatchObject({ kind: 'both' });

  const later = new Links(studio, await connectServer());
  await later.load();
  expect(later.kept).toEqual([made]);
  await later.remove(made);
  expect([later.kept, later.removed]).toEqual([[], [made]]);
  await expect(recipeOf(made)).rejects.toMatchObject({ name: 'ShareError' });
  await later.restore(made);
  expect([later.kept, later.removed]).toEqual([[made], []]);
  await expect(recipeOf(made)).resolves.toMatchObject({ kind: 'both' });
  studio.close();
});

test('a private link has its key after the #, which no server sees', LONG, async () => {
  const { studio, links } = await open();
  await studio.run('mix');
  await links.publish({ ...LINK, form: 'recipe', isPrivate: true });
  expect(links.failure).toBeNull();
  expect(links.made).toMatchObject({ form: 'recipe', isPrivate: true });
  expect(links.made!.url).toMatch(/#k=[\w-]{40,}$/);
  studio.close();
});

test('an interrupted link is resumed', LONG, async () => {
  const { studio, links } = await open();
  await studio.run('film');
  const real = globalThis.fetch;
  const broken = vi.spyOn(globalThis, 'fetch').mockImplementation((target, init) => {
    const { url } = new Request(target, init);
    if (init?.method === 'POST' && /\/shares$/.test(url))
      return Promise.reject(new TypeError('Failed to fetch'));
    return real(target, init);
  });
  await links.publish(LINK);
  expect(links.failure).not.toBeNull();
  expect(links.pending).toMatchObject({ title: 'Beach', form: 'film' });
  broken.mockRestore();
  const later = new Links(studio, await connectServer());
  await later.load();
  await later.resume();
  expect([later.failure, later.pending, later.made?.title]).toEqual([null, null, 'Beach']);
  studio.close();
});

test('a server without links is recognised, and a new link replaces the last one', LONG, async () => {
  const { studio, links } = await open();
  expect(links.rules?.maxBytes).toBeGreaterThan(1e6);
  await studio.run('film');
  await links.publish(LINK);
  links.begin();
  expect(links.made).toBeNull();
  const server = await connectServer({ address: 'http://127.0.0.1:9' });
  const without = new Links(studio, server);
  await without.load();
  expect(without.rules).toBeNull();
  studio.close();
});
