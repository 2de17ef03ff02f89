import { afterEach, beforeEach, expect, test } from 'vitest';
import { findEntry } from '#lib/job/job.ts';
import { optionsByStep } from '#lib/job/options.ts';
import { Draft } from '#lib/state/draft.svelte.ts';
import { Studio } from '#lib/state/studio.svelte.ts';
import { areBlobsThere } from '#lib/pipeline/blobs-there.ts';
import { evenly, makeFilm, sequence, shot } from '../../fixtures/media/make-film.ts';

const LONG = { timeout: 120_000 };
const MUSIC = optionsByStep({ soundtrack: { kind: 'music' } });
let studio: Studio;

beforeEach(() => {
  studio = new Studio();
});
afterEach(() => studio.close());

const QUIET = { onProgress: () => undefined, onEntry: () => undefined };
const film = (seconds = 5) =>
  makeFilm({ draw: sequence([0, shot(1)], [2.52, shot(2)]), times: evenly(seconds, 10) });

test('a draft is made from frames and key frames alone, and belongs to no document', LONG, async () => {
  await studio.open(await film(), MUSIC);
  const { job, options } = studio.project!;
  const early = { ...job, entries: job.entries.filter(({ step }) => ['source', 'frames'].includes(step)) };
  const draft = new Draft();
  await draft.make(early, options, new AbortController().signal, QUIET);
  expect(draft.soundtrack?.output.durationSeconds).toBe(studio.current.length!.output.durationSeconds);
  expect(await areBlobsThere(draft.soundtrack!)).toBe(true);
  expect(early.entries).toHaveLength(2);
  draft.forget();
  expect(draft.soundtrack).toBeNull();
});

test(
  'a draft that is stopped, or whose run is cancelled, comes to nothing and reports nothing',
  LONG,
  async () => {
    await studio.open(await film(), MUSIC);
    const { job, options } = studio.project!;
    const early = { ...job, entries: job.entries.filter(({ step }) => ['source', 'frames'].includes(step)) };
    const draft = new Draft();
    const making = draft.make(early, options, new AbortController().signal, QUIET);
    draft.stop();
    await making;
    expect(draft.soundtrack).toBeNull();
    await draft.make(early, options, AbortSignal.abort(), QUIET);
    expect(draft.soundtrack).toBeNull();
  },
);

test(
  'of a long film a draft can be played first; the first take replaces it, and only it is stored',
  LONG,
  async () => {
    const states: string[] = [];
    const stop = $effect.root(() => {
      $effect(() => {
        states.push(`${studio.draft.soundtrack ? 'draft' : 'none'}, ${studio.takes.all.length} takes`);
      });
    });
    await studio.open(await film(8), MUSIC);
    stop();
    expect(states.filter((state, at) => state !== states[at - 1])).toEqual([
      'none, 0 takes',
      'draft, 0 takes',
      'none, 1 takes',
    ]);
    const { entries } = studio.project!.job;
    const names = entries.map(({ step }) => step);
    expect(names).toEqual([...new Set(names)]);
    expect(findEntry(studio.project!.job, 'watch')!.output.readBy).toBe('webcodecs');
  },
);

test('a short film has no draft', LONG, async () => {
  let drafts = 0;
  const stop = $effect.root(() => {
    $effect(() => {
      if (studio.draft.soundtrack) drafts++;
    });
  });
  await studio.open(await film(), MUSIC);
  stop();
  expect([drafts, studio.takes.all.length]).toEqual([0, 1]);
});
