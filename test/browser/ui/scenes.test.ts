import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ScenesOutput } from '#lib/job/entries/scenes.ts';
import { deleteWeights, listWeights } from '#lib/models/weights-folder.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { evenly, makeFilm, shot } from '../../fixtures/media/make-film.ts';
import { installModel } from '../../fixtures/models/install-model.ts';
import { tinyCutNetwork } from '../../fixtures/models/tiny-cut-network.ts';
import { fetchSample, openClip } from '../../fixtures/open-app.ts';

const SOON = { timeout: 120_000 };

const cards = () => [...document.querySelectorAll<HTMLElement>('.scenes [role=option]')];
const edges = () => [...document.querySelectorAll<HTMLElement>('.scenes .edges [role=slider]')];
const secondsOf = (edge: HTMLElement) => Number(edge.getAttribute('aria-valuenow'));
const whenScenes = (count: number) => expect.poll(() => cards().length, SOON).toBe(count);
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const nameOf = (at: number) => cards()[at]?.textContent.replace(/\s+/g, ' ').trim() ?? '';
const storedOptions = async () => {
  const store = new ProjectStore();
  const [project] = await store.list();
  return (await store.load(project!.id))!.project.options.all;
};

async function openSample(width: number) {
  await page.viewport(width, 900);
  await openClip(await fetchSample());
  await whenScenes(2);
}

async function expectAccessible() {
  const { violations } = await axe.run(document.querySelector('.scenes')!);
  expect(violations.map(({ id }) => id)).toEqual([]);
}

test(
  'on a wide screen the edges of scenes are moved and joined by keys, and undo brings them back',
  SOON,
  async () => {
    await openSample(1440);
    expect(edges()).toHaveLength(1);
    const cut = secondsOf(edges()[0]!);
    await expectAccessible();
    edges()[0]!.focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => secondsOf(edges()[0]!), SOON).toBeCloseTo(cut + 0.1, 2);
    edges()[0]!.focus();
    await userEvent.keyboard('{Delete}');
    await whenScenes(1);
    await button(/^Undo: /).click();
    await whenScenes(2);
    await button(/^Undo: /).click();
    await expect.poll(() => secondsOf(edges()[0]!), SOON).toBeCloseTo(cut, 2);
  },
);

test(
  'at 360 px a scene is played, put into other words, muted and made anew, all of which is kept and undone',
  SOON,
  async () => {
    await openSample(360);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
    await expectAccessible();
    // The second scene can be seen to follow.
    const [first, second] = cards().map((card) => card.getBoundingClientRect());
    expect(second!.left).toBeLessThan(330);
    expect(second!.right).toBeGreaterThan(first!.right);

    await expect.poll(() => nameOf(0), SOON).toMatch(/^Scene 1 0:00.*You hear: .*waves/i);
    cards()[0]!.focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByRole('heading', { name: /^Scene 2/ })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(button('Stop')).toBeVisible();
    await expect.poll(() => document.activeElement === cards()[1]).toBe(true);
    await button('Stop').click();

    await button('Mute').click();
    await expect.poll(() => nameOf(1)).toContain('Muted');
    await expect.poll(async () => (await storedOptions()).mix.mutedScenes, SOON).toHaveLength(1);
    await button(/^Undo: /).click();
    await expect.poll(() => nameOf(1)).not.toContain('Muted');

    const field = page.getByRole('textbox', { name: /^What it shows, how it sounds/ });
    await field.fill('Heavy rain on a calm street');
    await userEvent.keyboard('{Tab}');
    await expect.poll(() => nameOf(1), SOON).toMatch(/Heavy rain on a calm street You hear: .*rain/i);
    expect(nameOf(0)).toMatch(/waves/i);
    await expect.element(button(/^Take 2/), SOON).toBeVisible();

    await page.getByRole('combobox', { name: 'Mood' }).last().selectOptions('Dark');
    await expect.poll(() => nameOf(1), SOON).toContain('Dark');
    await expect.element(button(/^Take 3/), SOON).toBeVisible();
    await button('Make it anew').click();
    await expect.poll(async () => (await storedOptions()).soundtrack.scenes, SOON).toHaveLength(1);
    await expect.element(button(/^Take 4/), SOON).toBeVisible();

    // The seed, the mood and the words.
    await button(/^Undo: /).click();
    await button(/^Undo: /).click();
    await button(/^Undo: /).click();
    await expect.poll(() => nameOf(1), SOON).not.toContain('Heavy rain');
    await expect
      .poll(async () => {
        const { prompt, soundtrack } = await storedOptions();
        return [prompt.scenes, soundtrack.scenes];
      }, SOON)
      .toEqual([[], []]);
  },
);

test(
  'fewer scenes are found when the shortest one is longer, without looking at the film again',
  SOON,
  async () => {
    await openSample(1440);
    const keysOf = async (step: string) => {
      const store = new ProjectStore();
      const [project] = await store.list();
      const { entries } = (await store.load(project!.id))!.project.job;
      return entries.filter((entry) => entry.step === step).length;
    };
    expect(await keysOf('watch')).toBe(1);
    await page.getByText('How scenes are found').click();
    const least = page.getByRole('slider', { name: 'Shortest scene' }).element() as HTMLInputElement;
    least.focus();
    await userEvent.keyboard('{End}');
    await whenScenes(1);
    await expect.poll(() => keysOf('scenes'), SOON).toBe(2);
    expect(await keysOf('watch')).toBe(1);
    await button(/^Undo: /).click();
    await whenScenes(2);
  },
);

test('many scenes fit a page of 360 px, are gone through by keys, and joined', SOON, async () => {
  const SHOT_SECONDS = 2.5;
  const film = await makeFilm({
    draw: (context, seconds) => shot(Math.floor(seconds / SHOT_SECONDS) + 1)(context, seconds),
    times: evenly(4 * SHOT_SECONDS, 12),
  });
  await page.viewport(360, 900);
  await openClip(film);
  await whenScenes(4);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  await expectAccessible();
  cards()[0]!.focus();
  await userEvent.keyboard('{End}');
  await expect.element(page.getByRole('heading', { name: /^Scene 4/ })).toBeVisible();
  await expect.poll(() => document.activeElement === cards()[3]).toBe(true);
  const { left, right } = cards()[3]!.getBoundingClientRect();
  expect(left).toBeGreaterThanOrEqual(0);
  expect(right).toBeLessThanOrEqual(360);

  await button('Join to the one before').click();
  await whenScenes(3);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  await button(/^Undo: /).click();
  await whenScenes(4);
});
describe('the network that finds scenes', () => {
  const forget = async () => {
    for (const { name } of await listWeights()) await deleteWeights(name);
  };
  afterEach(forget);

  test('it is offered with its size and its origin', SOON, async () => {
    await openSample(360);
    await page.getByText('How scenes are found').click();
    await expect.element(button('Find scenes with a network, 32 MB, once'), SOON).toBeVisible();
    const hint = page.getByText(/^A neural network, trained on many films/);
    expect(hint.element().textContent).toContain('Downloaded from huggingface.co');
    await expectAccessible();
  });

  test('it is asked by a key, and undo leaves it', SOON, async () => {
    const scenes = async () => {
      const store = new ProjectStore();
      const [project] = await store.list();
      const { job } = (await store.load(project!.id))!.project;
      return job.entries.findLast(({ step }) => step === 'scenes')!.output as ScenesOutput;
    };
    await installModel('transnetv2', tinyCutNetwork());
    await openSample(360);
    await page.getByText('How scenes are found').click();
    const asked = page.getByRole('checkbox', { name: 'Find scenes with a network' });
    await expect.element(asked, SOON).toBeVisible();
    (asked.element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    await expect.poll(async () => (await scenes()).readBy, SOON).toBe('network');
    await whenScenes(2);
    await expectAccessible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);

    await button(/^Undo: /).click();
    await expect.poll(async () => (await storedOptions()).scenes.detector, SOON).toBe('auto');
  });
});
