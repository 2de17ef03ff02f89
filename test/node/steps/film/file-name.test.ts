import { expect, test } from 'vitest';
import { filmFileName } from '#lib/steps/film/file-name.ts';

test.each([
  ['holiday.mov', 'holiday-soundtrack.mp4'],
  ['Ferien 2024.Teil 1.mp4', 'Ferien 2024.Teil 1-soundtrack.mp4'],
  ['čaj/ö\\x:?*.webm', 'čaj-ö-x-soundtrack.mp4'],
  ['日本語.mkv', '日本語-soundtrack.mp4'],
  ['../../etc/passwd', 'etc-passwd-soundtrack.mp4'],
  ['.mp4', 'film-soundtrack.mp4'],
  ['🎬.mp4', 'film-soundtrack.mp4'],
  ['', 'film-soundtrack.mp4'],
])('%s becomes %s', (name, expected) => {
  expect(filmFileName(name, 'mp4')).toBe(expected);
});

test('a very long name is cut', () => {
  expect(filmFileName(`${'x'.repeat(300)}.mp4`, 'mp4')).toHaveLength(100 + '-soundtrack.mp4'.length);
});
