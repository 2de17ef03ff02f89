import { expect, it } from 'vitest';
import type { Entry, EntryOf } from '#lib/job/entry.ts';
import { readOptions } from '#lib/job/entry.ts';
import { append, createJob } from '#lib/job/job.ts';
import { withoutReplacedEdits } from '#lib/job/takes.ts';

const score = {
  durationSeconds: 1,
  seed: 1,
  mood: { valence: 0, arousal: 0 },
  music: null,
  layers: [],
  events: [],
  unknownWords: [],
};
const take = (key: string, edited: boolean, more: { seed?: number; prompt?: string } = {}): Entry => ({
  step: 'soundtrack',
  version: 3,
  at: '2026-01-01T00:00:00.000Z',
  milliseconds: 1,
  key,
  inputs: { prompt: more.prompt ?? 'p' },
  options: readOptions({ soundtrack: { seed: more.seed ?? 1, score: edited ? score : null } }).soundtrack,
  output: { engine: 'synth', durationSeconds: 1, music: null, effects: null, score },
});
const keysAfter = (entries: Entry[], entry: Entry) =>
  withoutReplacedEdits(entries.reduce(append, createJob()), entry).entries.map(({ key }) => key);

it('an edit replaces the edit before it, never the plan, another seed or another prompt', () => {
  const there = [
    take('plan', false),
    take('first', true),
    take('other seed', true, { seed: 2 }),
    take('other words', true, { prompt: 'q' }),
  ];
  expect(keysAfter(there, take('second', true))).toEqual(['plan', 'other seed', 'other words']);
  expect(keysAfter(there, take('plan again', false))).toHaveLength(4);
});

it('an edit that a mix was made from stays', () => {
  const mix = { step: 'mix', key: 'mix', inputs: { soundtrack: 'first' } } as unknown as EntryOf<'mix'>;
  expect(keysAfter([take('first', true), mix], take('second', true))).toEqual(['first', 'mix']);
});
