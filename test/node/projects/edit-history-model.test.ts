import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clip } from '#lib/job/entries/assemble.ts';
import { withOptions } from '#lib/job/options.ts';
import {
  addBoundary,
  describeScene,
  muteScene,
  remakeScene,
  removeBoundary,
  sceneEditsOf,
  type SceneEdits,
} from '#lib/job/scene-edits.ts';
import type { Score } from '#lib/job/score.ts';
import { edits } from '#lib/job/score-edits.ts';
import {
  editedOf,
  MAX_STEPS,
  NO_EDITS,
  readHistory,
  redoEdit,
  storedHistory,
  undoEdit,
  withEdit,
  type Edited,
} from '#lib/projects/edit-history.ts';
import { createProject } from '#lib/projects/project.ts';
import { withMark } from '#lib/projects/take-marks.ts';

type Edit = (edited: Edited) => Edited;

const set =
  (...change: Parameters<typeof withOptions> extends [unknown, ...infer R] ? R : never): Edit =>
  (edited) => ({ ...edited, options: withOptions(edited.options, ...change) });
const scenes =
  (change: (edits: SceneEdits) => SceneEdits): Edit =>
  (edited) => {
    const next = change(sceneEditsOf(edited.options.all));
    return (['scenes', 'prompt', 'soundtrack', 'mix'] as const).reduce<Edited>(
      (one, step) => ({ ...one, options: withOptions(one.options, step, next[step]) }),
      edited,
    );
  };
const EMPTY: Score = {
  ...{ durationSeconds: 60, seed: 1, mood: { valence: 0, arousal: 0 }, music: null },
  ...{ layers: [], events: [], unknownWords: [] },
};
const score =
  (change: (score: Score) => Score): Edit =>
  (edited) =>
    set('soundtrack', { score: change(edited.options.all.soundtrack.score ?? EMPTY) })(edited);
const clips =
  (change: (clips: Clip[]) => Clip[]): Edit =>
  (edited) =>
    set('assemble', { clips: change(edited.options.all.assemble.clips) })(edited);
const makeClip = (id: number, startSeconds: number): Clip => ({
  ...{ id: `clip-${id}`, track: 'effects', name: 'Rain', startSeconds, endSeconds: startSeconds + 2 },
  ...{ offsetSeconds: 0, fadeInSeconds: 0, fadeOutSeconds: 0, gainDb: 0, gainLine: [], panLine: [] },
  ...{ isMuted: false, replaces: true, source: { from: 'synth', seed: id, style: null, words: null } },
});

const unit = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const time = fc.integer({ min: 0, max: 59 });
const scene = fc.constantFrom('a', 'b', 'c');
const words = fc.option(fc.string({ maxLength: 40 }), { nil: null });
const sound = fc.constantFrom('waves', 'dog', 'rain').map((recipe) => ({
  ...{ recipe, kind: recipe === 'dog' ? ('event' as const) : ('layer' as const) },
  ...{ seconds: 2, family: '', words: '' },
}));
const at = fc.nat({ max: 5 });

/** Any edit of everything that a user can change. */
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(unit, unit).map(([valence, arousal]) => set('prompt', { mood: { valence, arousal } })),
  words.map((description) => set('prompt', { description })),
  words.map((effects) => set('prompt', { effects })),
  fc
    .constantFrom('music' as const, 'effects' as const, 'both' as const)
    .map((kind) => set('soundtrack', { kind })),
  unit.map((balance) => set('mix', { balance })),
  fc
    .tuple(unit, fc.boolean())
    .map(([level, isMuted]) => set('mix', { music: { gainDb: 20 * level - 20, isMuted, isSolo: false } })),
  fc.option(at, { nil: null }).map((chosen) => set('best-frame', { chosen })),
  fc.tuple(scene, words).map(([id, music]) => set('prompt', { music }, `scene:${id}`)),
  fc.uniqueArray(fc.constantFrom('car', 'dog', 'sea')).map((removed) => set('objects', { removed })),
  time.map((seconds) =>
    scenes((own) => ({ ...own, scenes: { ...own.scenes, ...addBoundary(own.scenes, seconds) } })),
  ),
  time.map((seconds) =>
    scenes((own) => ({ ...own, scenes: { ...own.scenes, ...removeBoundary(own.scenes, seconds) } })),
  ),
  fc.tuple(scene, words).map(([id, description]) => scenes((own) => describeScene(own, id, { description }))),
  scene.map((id) => scenes((own) => remakeScene(own, id))),
  fc.tuple(scene, fc.boolean()).map(([id, isMuted]) => scenes((own) => muteScene(own, id, isMuted))),
  fc.tuple(sound, time).map(([what, seconds]) => score((own) => edits.add(own, what, seconds))),
  fc.tuple(at, time).map(([index, atSeconds]) => score((own) => edits.event(own, index, { atSeconds }))),
  fc
    .tuple(at, unit)
    .map(([index, level]) => score((own) => edits.layer(own, index, { gainDb: 20 * level - 20 }))),
  at.map((index) => score((own) => edits.dropEvent(own, index))),
  at.map((index) => score((own) => edits.dropLayer(own, index))),
  fc.constant(set('soundtrack', { score: null })),
  fc
    .tuple(fc.integer({ min: 1, max: 1e6 }), time)
    .map(([id, start]) => clips((own) => [...own, makeClip(id, start)].slice(-20))),
  fc
    .tuple(at, time)
    .map(([index, start]) =>
      clips((own) =>
        own.map((clip, k) => (k === index ? { ...clip, startSeconds: start, endSeconds: start + 2 } : clip)),
      ),
    ),
  at.map((index) => clips((own) => own.toSpliced(index, 1))),
  fc
    .tuple(scene, fc.option(fc.constantFrom('Storm', 'Calm'), { nil: '' }), fc.boolean(), fc.boolean())
    .map(([id, name, isStarred, isRemoved]): Edit => (edited) => ({
      ...edited,
      takeMarks: withMark(edited.takeMarks, id, { name, isStarred, isRemoved }),
    })),
  fc.string({ minLength: 1, maxLength: 20 }).map((title): Edit => (edited) => ({ ...edited, title })),
);
const anyStep = fc.oneof(
  { weight: 6, arbitrary: anyEdit },
  { weight: 3, arbitrary: fc.constant('undo' as const) },
  { weight: 2, arbitrary: fc.constant('redo' as const) },
  { weight: 1, arbitrary: fc.constant('reload' as const) },
);

test('1,000 random edits with undo and redo give the same as a list of all states', () => {
  const first = editedOf(createProject('Beach'));
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1000, maxLength: 1000 }), (steps) => {
      // The model: the states, as copies, and which of them is the present one.
      let states = [structuredClone(first)];
      let now = 0;
      let [history, edited] = [NO_EDITS, first];
      const go = (stepped: ReturnType<typeof undoEdit>) => {
        if (stepped) ({ history, edited } = stepped);
        return stepped !== null;
      };
      for (const step of steps) {
        if (step === 'reload') {
          history = readHistory(JSON.parse(JSON.stringify(storedHistory(history))));
        } else if (step === 'undo') {
          expect(go(undoEdit(history, edited))).toBe(now > 0);
          now = Math.max(0, now - 1);
        } else if (step === 'redo') {
          expect(go(redoEdit(history, edited))).toBe(now < states.length - 1);
          now = Math.min(states.length - 1, now + 1);
        } else {
          const next = step(edited);
          const before = history;
          history = withEdit(history, { does: 'test' }, edited, next, true);
          edited = next;
          if (history === before) continue;
          states = [...states.slice(0, now + 1), structuredClone(next)].slice(-MAX_STEPS - 1);
          now = states.length - 1;
        }
        expect(edited).toEqual(states[now]);
      }
      while (go(undoEdit(history, edited)));
      expect(edited).toEqual(states[0]);
      while (go(redoEdit(history, edited)));
      expect(edited).toEqual(states.at(-1));
    }),
    { numRuns: 5 },
  );
});
