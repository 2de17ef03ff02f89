import { expect, it } from 'vitest';
import type { Entry, EntryOf } from '#lib/job/entry.ts';
import { optionsByStep } from '#lib/job/options.ts';
import { append, createJob } from '#lib/job/job.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { replacedEdits, takesOf } from '#lib/job/takes.ts';

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
  subject: 'film',
  at: '2026-01-01T00:00:00.000Z',
  milliseconds: 1,
  key,
  inputs: { prompt: more.prompt ?? 'p' },
  options: optionsByStep({ soundtrack: { seed: more.seed ?? 1, score: edited ? score : null } }).all
    .soundtrack,
  output: { durationSeconds: 1, music: null, effects: null, score },
  maker: deviceMaker('synth'),
});
const jobOf = (...entries: Entry[]) => entries.reduce(append, createJob());
const takeKeys = (...entries: Entry[]) => takesOf(jobOf(...entries)).map(({ key }) => key);

it('an edit replaces the edit before it, never the plan, another seed or another prompt', () => {
  const there = [
    take('plan', false),
    take('first', true),
    take('other seed', true, { seed: 2 }),
    take('other words', true, { prompt: 'q' }),
  ];
  expect(takeKeys(...there, take('second', true))).toEqual(['plan', 'other seed', 'other words', 'second']);
  expect(takeKeys(...there, take('plan again', false))).toHaveLength(5);
  expect([...replacedEdits(jobOf(...there, take('second', true)))].map(({ key }) => key)).toEqual(['first']);
});

it('an edit that a mix was made from stays', () => {
  const mix = { step: 'mix', key: 'mix', inputs: { soundtrack: 'first' } } as unknown as EntryOf<'mix'>;
  expect(takeKeys(take('first', true), mix as Entry, take('second', true))).toEqual(['first', 'second']);
});

const assembly = (key: string, soundtrack: string): Entry =>
  ({ step: 'assemble', key, inputs: { soundtrack } }) as unknown as EntryOf<'assemble'>;

it('an assembly keeps no edit that a later one has replaced, and only the latest of a take is kept', () => {
  const job = jobOf(
    ...[take('first', true), assembly('a1', 'first'), assembly('a2', 'first')],
    ...[take('second', true), assembly('b1', 'second'), assembly('b2', 'second')],
  );
  expect([...replacedEdits(job)].map(({ key }) => key).sort()).toEqual(['a1', 'a2', 'b1', 'first']);
});

it('an assembly that a mix was made from stays, with its edit', () => {
  const mix = { step: 'mix', key: 'mix', inputs: { assemble: 'a1' } } as unknown as EntryOf<'mix'>;
  const job = jobOf(
    ...[take('first', true), assembly('a1', 'first'), assembly('a2', 'first')],
    ...[mix, take('second', true), assembly('b1', 'second')],
  );
  expect([...replacedEdits(job)].map(({ key }) => key)).toEqual([]);
});
