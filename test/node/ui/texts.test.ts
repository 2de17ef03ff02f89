import { expect, test } from 'vitest';
import { bytesText, dayText, decibelText } from '#lib/ui/amount-text.ts';
import { clockText } from '#lib/ui/clock-text.ts';
import { errorTitle } from '#lib/ui/errors.ts';
import { fileName } from '#lib/ui/file-name.ts';
import { MOODS, nearestMood, type MoodName } from '#lib/ui/moods.ts';

test('a position is truncated, never rounded up to the next second', () => {
  expect([0, 3.2, 59.99, 61, 3723.45].map((seconds) => clockText(seconds))).toEqual([
    '0:00.0',
    '0:03.2',
    '0:59.9',
    '1:01.0',
    '1:02:03.4',
  ]);
  expect(clockText(12.6, 0)).toBe('0:12');
});

test('amounts are formatted for people', () => {
  expect([0, 999, 1000, 3_210_000, 123_400_000].map(bytesText)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.0 kB',
    '3.2 MB',
    '123 MB',
  ]);
  expect([-3, 0, 6].map(decibelText)).toEqual(['−3.0 dB', '0.0 dB', '+6.0 dB']);
  expect(dayText('2026-01-02T12:00:00.000Z', new Date('2026-03-01'))).toContain('2026');
});

test('a file name has no characters that a system refuses', () => {
  expect(fileName('Beach: day 1/2?', 'soundtrack', 'mp4')).toBe('Beach day 1 2-soundtrack.mp4');
  expect(fileName('  ../..  ', 'music', 'wav')).toBe('untitled-music.wav');
  expect(fileName('海辺 🌅', 'mix', 'wav')).toBe('海辺 🌅-mix.wav');
  expect(fileName('a'.repeat(300), 'mix', 'wav')).toHaveLength(88);
});

test('each mood is the nearest to itself', () => {
  for (const name of Object.keys(MOODS) as MoodName[]) expect(nearestMood(MOODS[name])).toBe(name);
});

test('every error has a title, known or not', () => {
  expect(errorTitle('StorageFullError')).toBe('No room left on this device');
  expect(errorTitle('SomethingNewError')).toBe('That did not work');
});
