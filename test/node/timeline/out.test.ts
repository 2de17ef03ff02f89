import { expect, test } from 'vitest';
import type { EditClip, EditList } from '#lib/timeline/edit-list.ts';
import { toCsv } from '#lib/timeline/to-csv.ts';
import { toOtio } from '#lib/timeline/to-otio.ts';

const clip = (
  name: string,
  startSeconds: number,
  endSeconds: number,
  more: Partial<EditClip> = {},
): EditClip => ({
  ...{ name, startSeconds, endSeconds, offsetSeconds: 0, gainDb: -3, mediaName: 'film effects.wav' },
  ...more,
});
const LIST: EditList = {
  name: 'Film',
  frameRate: 25,
  durationSeconds: 12,
  tracks: [
    { name: 'Video', kind: 'video', clips: [clip('film.mp4', 0, 12, { mediaName: 'film.mp4' })] },
    {
      name: 'Voice',
      kind: 'audio',
      clips: [clip('two', 5, 8, { offsetSeconds: 1 }), clip('one', 1, 4), clip('over', 3, 6)],
    },
    { name: 'Sounds', kind: 'audio', clips: [clip('a "dog", barking', 2, 3, { mediaName: null, pan: 0.5 })] },
  ],
  markers: [{ kind: 'cut', name: 'Cut', atSeconds: 7 }],
};

interface Child {
  OTIO_SCHEMA: string;
  name: string;
  source_range: { start_time: { value: number }; duration: { value: number; rate: number } };
}
interface Track {
  name: string;
  kind: string;
  children: Child[];
}
const tracksOf = (text: string) =>
  (JSON.parse(text) as { tracks: { children: Track[]; markers: object[] } }).tracks;

test('clips of a track follow each other with gaps; what overlaps gets a track of its own', () => {
  const { children } = tracksOf(toOtio(LIST));
  expect(children.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    'Video Video',
    'Audio Voice',
    'Audio Voice 2',
  ]);
  const lengths = children[1]!.children.map((each) => [
    ...[each.OTIO_SCHEMA, each.source_range.start_time.value, each.source_range.duration.value],
  ]);
  expect(lengths).toEqual([
    ['Gap.1', 0, 25],
    ['Clip.2', 0, 75],
    ['Gap.1', 0, 25],
    ['Clip.2', 25, 75],
  ]);
});

test('rounding to frames does not add up over many clips', () => {
  const clips = Array.from({ length: 300 }, (_, at) => clip(String(at), at * 0.33, (at + 1) * 0.33));
  const tracks = [{ name: 'Many', kind: 'audio' as const, clips }];
  const { children } = tracksOf(toOtio({ ...LIST, frameRate: 30_000 / 1001, tracks }));
  const total = children[0]!.children.reduce((sum, each) => sum + each.source_range.duration.value, 0);
  expect(total).toBe(Math.round((99 * 30_000) / 1001));
  expect(children).toHaveLength(1);
});

test('markers have their colour, and files are told as relative addresses', () => {
  const text = toOtio(LIST);
  expect(tracksOf(text).markers).toMatchObject([{ OTIO_SCHEMA: 'Marker.2', color: 'RED', name: 'Cut' }]);
  expect(text).toContain('"target_url": "film%20effects.wav"');
});

test('CSV has every clip and marker, quoted where it must be', () => {
  const lines = toCsv(LIST).trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + 5 + 1);
  expect(lines[0]).toBe('track,name,start,end,gain_db,pan,why,file');
  expect(lines[2]).toBe('Voice,one,1.000,4.000,-3,0,,film effects.wav');
  expect(lines[5]).toBe('Sounds,"a ""dog"", barking",2.000,3.000,-3,0.5,,');
  expect(lines[6]).toBe('marker,Cut,7.000,7.000,,,cut,');
});
