import { expect, test } from 'vitest';
import { withOptions, type Overrides } from '#lib/job/options.ts';
import type { Score } from '#lib/job/score.ts';
import type { CatalogueSound } from '#lib/job/sound-catalogue.ts';
import type { Project } from '#lib/projects/project.ts';
import type { EditMode, EditName } from '#lib/state/history.svelte.ts';
import { ScoreEditor } from '#lib/state/score-editor.svelte.ts';
import { ScoreCommands } from '#lib/ui/score/score-commands.ts';
import { makeProject, takeOf } from '../../fixtures/projects/make-project.ts';
import { Reactive } from '../../fixtures/reactive.svelte.ts';

const louder = (score: Score): Score => ({ ...score, seed: score.seed + 1 });

/** An editor of a project with one take, and the edits that were recorded. */
function open() {
  const project = new Reactive<Project>(makeProject('Beach'));
  const isUpToDate = new Reactive(true);
  const recorded: [EditName, EditMode | undefined][] = [];
  const editor = new ScoreEditor({
    get project() {
      return project.value;
    },
    takes: { selected: takeOf(1) },
    get isUpToDate() {
      return isUpToDate.value;
    },
    edit(name: EditName, { soundtrack }: Overrides, mode?: EditMode) {
      recorded.push([name, mode]);
      project.value = {
        ...project.value,
        options: withOptions(project.value.options, 'soundtrack', soundtrack!),
      };
      return Promise.resolve();
    },
  });
  return { editor, isUpToDate, recorded };
}
const WAVES: CatalogueSound = { recipe: 'waves', kind: 'layer', seconds: 5, family: '', words: '' };

test('an edit changes the score, and is recorded by name with sound to follow', () => {
  const { editor, recorded } = open();
  expect([editor.score?.seed, editor.edited]).toEqual([1, null]);
  editor.edit({ does: 'change' }, louder);
  expect([editor.score?.seed, editor.edited?.seed]).toEqual([2, 2]);
  editor.reset();
  expect([editor.score?.seed, editor.edited]).toEqual([1, null]);
  editor.reset();
  expect(recorded).toEqual([
    [{ does: 'change' }, { run: true }],
    [{ does: 'plan' }, { run: true }],
  ]);
});

test('edits are named by what they do to which sound; only gradual ones can be one step', () => {
  const { editor, recorded } = open();
  const commands = new ScoreCommands(editor);
  commands.add(WAVES, 0);
  commands.changePart(0, { gainDb: -3 });
  commands.changePart(0, { isMuted: true });
  commands.changePart(0, { isMuted: false });
  expect(recorded.map(([{ does, what }, mode]) => [does, what, mode?.merge])).toEqual([
    ['add', 'waves', undefined],
    ['level', undefined, 'part 0 gainDb'],
    ['mute', undefined, undefined],
    ['unmute', undefined, undefined],
  ]);
  expect(editor.edited?.layers).toMatchObject([{ recipe: 'waves' }]);
});

test('while changed prompts wait for a new plan an unedited score can’t be edited, an edited one can', () => {
  const { editor, isUpToDate } = open();
  isUpToDate.value = false;
  expect(editor.canEdit).toBe(false);
  editor.edit({ does: 'change' }, louder);
  expect(editor.edited).toBeNull();
  isUpToDate.value = true;
  editor.edit({ does: 'change' }, louder);
  isUpToDate.value = false;
  expect(editor.canEdit).toBe(true);
});

test('another key gives another score, and the catalogue is loaded', async () => {
  const { editor, recorded } = open();
  await editor.open();
  expect(editor.catalogue!.styles.length).toBeGreaterThan(5);
  await editor.revise({ tempoBpm: 90 });
  expect([editor.edited === null, recorded[0]?.[0].does]).toEqual([false, 'tempoBpm']);
});
