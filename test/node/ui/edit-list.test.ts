import { expect, test } from 'vitest';
import type { Score } from '#lib/job/score.ts';
import { sampleOf } from '#lib/job/sample-score.ts';
import { catalogue } from '#lib/synth/catalogue.ts';
import { toCsv } from '#lib/timeline/to-csv.ts';
import { toOtio } from '#lib/timeline/to-otio.ts';
import { editList } from '#lib/ui/save/edit-list.ts';

type Film = Parameters<typeof editList>[0];
const stem = { blob: 'sha256-a', samples: 480_000, loudnessLufs: -20, truePeakDb: -3, peaks: 'sha256-b' };
const dog = catalogue().sounds.find(({ recipe }) => recipe === 'dog')!;
const score: Score = { ...sampleOf(dog), durationSeconds: 10 };
const film = {
  title: 'At the sea',
  source: { name: 'sea.mp4', frameRate: 25, startSeconds: 0 },
  played: { music: null, effects: stem, voice: null, durationSeconds: 10 },
  original: stem,
  score,
  scenes: [{ startSeconds: 0 }, { startSeconds: 4 }],
  clips: [{ name: 'my voice', startSeconds: 1, endSeconds: 3, gainDb: -6 }],
  marked: [{ atSeconds: 2, name: 'hit' }],
} as unknown as Film;

test('each stem that there is is a track with the name of its file; silent ones are left out', () => {
  const { tracks, markers } = editList(film);
  const files = tracks.flatMap(({ clips }) => clips.flatMap(({ mediaName }) => mediaName ?? []));
  expect(files).toEqual(['sea.mp4', 'At the sea-effects.wav', 'At the sea-original.wav']);
  expect(markers).toEqual([
    { kind: 'user', name: 'hit', atSeconds: 2 },
    { kind: 'cut', name: 'Scene 2', atSeconds: 4 },
  ]);
});

test('the table tells every sound and why it is there; the edit list has files only', () => {
  const lines = toCsv(editList(film)).split('\r\n');
  expect(lines).toContain('Effects,Dog,0.000,0.900,-3,0,added by you,');
  expect(lines).toContain('added by you,my voice,1.000,3.000,-6,0,added by you,');
  expect(toOtio(editList(film))).not.toContain('Dog');
});
