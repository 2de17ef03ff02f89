import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJob } from '#lib/job/migrate.ts';
import { changeOptions } from '#lib/pipeline/change-options.ts';
import { newestOptions } from '#lib/pipeline/resolve.ts';

const DOCUMENTS = join(import.meta.dirname, '../../fixtures/documents/schema-1');
const { job } = JSON.parse(readFileSync(join(DOCUMENTS, 'edited-score.json'), 'utf8')) as { job: unknown };
const edited = newestOptions(await readJob(job));

test('an edited score survives the same changes as in the editor, and equal values', () => {
  expect(edited.all.soundtrack.score).not.toBeNull();
  const { kind } = edited.all.soundtrack;
  const changes = { soundtrack: { seed: 9, kind }, mix: { balance: 0.2 } };
  expect(changeOptions(edited, changes).all.soundtrack).toEqual({ ...edited.all.soundtrack, seed: 9 });
});

test('an edited score is removed when other prompts or another length make it obsolete', () => {
  expect(changeOptions(edited, { prompt: { music: 'A waltz.' } }).all.soundtrack.score).toBeNull();
  const { score } = edited.all.soundtrack;
  const own = { prompt: { music: 'A waltz.' }, soundtrack: { score: { ...score, seed: 5 } } };
  expect(changeOptions(edited, own).all.soundtrack.score).toMatchObject({ seed: 5 });
});

test('parts made anew are removed with their take, and sounds of the user stay', () => {
  const clip = {
    ...{ track: 'music', name: '', startSeconds: 0, endSeconds: 1, offsetSeconds: 0 },
    ...{ fadeInSeconds: 0, fadeOutSeconds: 0, gainDb: 0, gainLine: [], panLine: [], isMuted: false },
    source: { from: 'synth', seed: 1, style: null, words: null },
  };
  const clips = [
    { ...clip, id: 'own', replaces: false },
    { ...clip, id: 'part', replaces: true },
  ];
  const withClips = changeOptions(edited, { assemble: { clips } });
  const left = (changes: object) => changeOptions(withClips, changes).all.assemble.clips.map(({ id }) => id);
  expect(left({ mix: { balance: 0.2 } })).toEqual(['own', 'part']);
  expect(left({ soundtrack: { score: { ...edited.all.soundtrack.score, seed: 5 } } })).toEqual([
    'own',
    'part',
  ]);
  expect(left({ soundtrack: { seed: 9 } })).toEqual(['own']);
  expect(left({ prompt: { music: 'A waltz.' } })).toEqual(['own']);
  expect(left({ prompt: { music: 'A waltz.' }, assemble: { clips: clips.slice(1) } })).toEqual(['part']);
});

test('a wrong option is named', () => {
  expect(() => changeOptions(edited, { frames: { k: 0 } })).toThrow(/"frames\.k"/);
});
