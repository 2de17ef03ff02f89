import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OptionsOf } from '#lib/job/entry.ts';
import { withOptions } from '#lib/job/options.ts';
import type { Score } from '#lib/job/score.ts';
import type { Project } from '#lib/projects/project.ts';
import { ScoreEditor } from '#lib/state/score-editor.svelte.ts';
import { makeProject, takeOf } from '../../fixtures/projects/make-project.ts';
import { Reactive } from '../../fixtures/reactive.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const louder = (score: Score): Score => ({ ...score, seed: score.seed + 1 });

/** An editor of a project with one take, and the number of renderings that were requested. */
function open() {
  const project = new Reactive<Project>(makeProject('Beach'));
  const isUpToDate = new Reactive(true);
  let runs = 0;
  const editor = new ScoreEditor({
    get project() {
      return project.value;
    },
    takes: { selected: takeOf(1) },
    get isUpToDate() {
      return isUpToDate.value;
    },
    change(step: 'soundtrack', change: Partial<OptionsOf<'soundtrack'>>) {
      project.value = { ...project.value, options: withOptions(project.value.options, step, change) };
      return Promise.resolve();
    },
    run: () => Promise.resolve(++runs > 0),
  });
  return { editor, project, isUpToDate, runs: () => runs };
}
const seedOf = (editor: ScoreEditor) => editor.score?.seed;

test('an edit changes the score at once, and the sound after a pause', () => {
  const { editor, runs } = open();
  expect([seedOf(editor), editor.edited]).toEqual([1, null]);
  editor.edit('gain', louder);
  expect([seedOf(editor), editor.edited?.seed]).toEqual([2, 2]);
  vi.advanceTimersByTime(300);
  editor.edit('gain', louder);
  vi.advanceTimersByTime(300);
  expect(runs()).toBe(0);
  vi.advanceTimersByTime(200);
  expect(runs()).toBe(1);
});

test('changes of the same thing in quick succession are undone together, others one by one', () => {
  const { editor } = open();
  for (let times = 0; times < 5; times++) {
    editor.edit('gain of the dog', louder);
    vi.advanceTimersByTime(100);
  }
  editor.edit('pan of the dog', louder);
  vi.advanceTimersByTime(2000);
  editor.edit('pan of the dog', louder);
  expect(seedOf(editor)).toBe(8);
  editor.undo();
  expect(seedOf(editor)).toBe(7);
  editor.undo();
  expect(seedOf(editor)).toBe(6);
  editor.undo();
  expect([seedOf(editor), editor.edited, editor.canUndo]).toEqual([1, null, false]);
  for (let times = 0; times < 3; times++) editor.redo();
  expect([seedOf(editor), editor.canRedo]).toEqual([8, false]);
});

test('a new edit clears redo; a reset to the plan can be undone', () => {
  const { editor } = open();
  editor.edit('a', louder);
  editor.edit('b', louder);
  editor.undo();
  expect(editor.canRedo).toBe(true);
  editor.edit('c', louder);
  expect(editor.canRedo).toBe(false);
  editor.reset();
  expect(editor.edited).toBeNull();
  editor.undo();
  expect(editor.edited?.seed).toBe(3);
});

test('undo is cleared when something else has replaced the score', () => {
  const { editor, project } = open();
  editor.edit('a', louder);
  const other = { ...editor.edited!, seed: 50 };
  project.value = {
    ...project.value,
    options: withOptions(project.value.options, 'soundtrack', { score: other }),
  };
  expect([editor.canUndo, seedOf(editor)]).toEqual([false, 50]);
  editor.undo();
  expect(seedOf(editor)).toBe(50);
  editor.edit('b', louder);
  editor.undo();
  expect(seedOf(editor)).toBe(50);
});

test('while changed prompts wait for a new plan an unedited score can’t be edited, an edited one can', () => {
  const { editor, isUpToDate } = open();
  isUpToDate.value = false;
  expect(editor.canEdit).toBe(false);
  editor.edit('a', louder);
  expect(editor.edited).toBeNull();
  isUpToDate.value = true;
  editor.edit('a', louder);
  isUpToDate.value = false;
  expect(editor.canEdit).toBe(true);
});

test('an edit of a project that was closed meanwhile renders nothing for the next one', () => {
  const { editor, project, runs } = open();
  editor.edit('a', louder);
  project.value = makeProject('Harbour');
  vi.advanceTimersByTime(1000);
  expect(runs()).toBe(0);
});

test('another key gives another score, and the catalogue is loaded', async () => {
  vi.useRealTimers();
  const { editor } = open();
  await editor.open();
  expect(editor.catalogue!.styles.length).toBeGreaterThan(5);
  await editor.revise({ tempoBpm: 90 });
  expect(editor.edited).not.toBeNull();
});
