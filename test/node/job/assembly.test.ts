import { expect, test } from 'vitest';
import { clipsOfTake, latestAssembly, playedStems, withoutClips } from '#lib/job/assembly.ts';
import type { Clip } from '#lib/job/entries/assemble.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Entry, EntryOf } from '#lib/job/entry.ts';
import { append, createJob } from '#lib/job/job.ts';
import { deviceMaker } from '#lib/job/maker.ts';

const stem = (digit: string): Stem => ({
  blob: `sha256-${digit.repeat(64)}`,
  samples: 48_000,
  loudnessLufs: -20,
  truePeakDb: -3,
  peaks: `sha256-${'f'.repeat(64)}`,
});
const take = {
  step: 'soundtrack',
  key: 'take',
  subject: 'film',
  inputs: {},
  output: {
    durationSeconds: 1,
    music: { stem: stem('a'), maker: deviceMaker('synth'), fit: 'whole', generatedSeconds: 1 },
    effects: null,
    score: null,
  },
} as unknown as EntryOf<'soundtrack'>;
const clip = (id: string, replaces: boolean) => ({ id, replaces }) as Clip;
const assembly = (key: string, of: string, clips: Clip[], music = stem('b')) =>
  ({
    ...{ step: 'assemble', key, subject: 'film', inputs: { soundtrack: of }, options: { clips } },
    output: { ...withoutClips(take.output), music },
  }) as unknown as EntryOf<'assemble'>;
const jobOf = (...entries: Entry[]) => entries.reduce(append, createJob());

test('without an assembly the stems of the soundtrack are played', () => {
  expect(playedStems(jobOf(take), take, undefined)).toMatchObject({
    music: stem('a'),
    effects: null,
    voice: null,
  });
});

test('the valid assembly is played, else the latest of the take, never that of another take', () => {
  const first = assembly('first', 'take', []);
  const other = assembly('other', 'another take', [], stem('c'));
  const job = jobOf(take, first, other);
  expect(playedStems(job, take, first).music).toEqual(stem('b'));
  expect(playedStems(job, take, other).music).toEqual(stem('b'));
  expect(latestAssembly(job, take)?.key).toBe('first');
});

test('a take brings back its parts made anew and keeps the sounds of the user', () => {
  const job = jobOf(
    take,
    assembly('old', 'take', [clip('gone', true)]),
    assembly('new', 'take', [clip('its part', true), clip('old sound', false)]),
  );
  const present = [clip('sound', false), clip('part of another take', true)];
  expect(clipsOfTake(job, take, present).map(({ id }) => id)).toEqual(['sound', 'its part']);
  expect(clipsOfTake(job, { key: 'unknown' }, present).map(({ id }) => id)).toEqual(['sound']);
});
