import { expect, test } from 'vitest';
import { append } from '#lib/job/job.ts';
import type { Project } from '#lib/projects/project.ts';
import { Takes } from '#lib/state/takes.svelte.ts';
import { makeProject, takeOf } from '../../fixtures/projects/make-project.ts';
import { Reactive } from '../../fixtures/reactive.svelte.ts';

function open(...seeds: number[]) {
  const fresh = makeProject('Beach');
  const project = new Reactive<Project | null>({
    ...fresh,
    job: seeds.map((seed) => takeOf(seed)).reduce(append, fresh.job),
  });
  return { project, takes: new Takes(() => project.value) };
}

test('the latest take is selected until one is chosen, which stays selected while another is made', () => {
  const { project, takes } = open(1, 2);
  expect(takes.selected?.options.seed).toBe(2);
  takes.select('take 1');
  expect([takes.selected?.options.seed, takes.previous?.options.seed]).toEqual([1, undefined]);
  project.value = { ...project.value!, job: append(project.value!.job, takeOf(3)) };
  expect(takes.all).toHaveLength(3);
  expect(takes.selected?.options.seed).toBe(1);
  takes.select('take 3');
  expect([takes.selected?.options.seed, takes.previous?.options.seed]).toEqual([3, 1]);
  takes.select('take 3');
  takes.select(undefined);
  expect(takes.previous?.options.seed).toBe(1);
});

test('the same take, made twice, is one', () => {
  const { takes } = open(1, 2, 2);
  expect(takes.all.map(({ key }) => key)).toEqual(['take 1', 'take 2']);
});

test('a fresh seed is one that no take has', () => {
  expect(open().takes.freshSeed).toBe(1);
  expect(open(4, 2).takes.freshSeed).toBe(5);
});

test('a new project has no selected take, and without a project there are no takes', () => {
  const { project, takes } = open(1, 2);
  takes.select('take 1');
  takes.forget();
  expect(takes.selected?.options.seed).toBe(2);
  project.value = null;
  expect([takes.all, takes.selected]).toEqual([[], undefined]);
});
