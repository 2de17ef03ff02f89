import { beforeEach, expect, test } from 'vitest';
import { defaultOptions } from '#lib/job/options.ts';
import { readSettings, Settings } from '#lib/state/settings.svelte.ts';

beforeEach(() => localStorage.clear());

test('settings are stored, and another page of the app reads them', () => {
  new Settings().change({ theme: 'dark', kind: 'music', loudnessLufs: -23 });
  expect(new Settings().values).toMatchObject({
    version: 1,
    theme: 'dark',
    kind: 'music',
    loudnessLufs: -23,
  });
});

test('a new project has the user’s defaults, and all other options unchanged', () => {
  const settings = new Settings();
  expect(settings.applyTo(defaultOptions())).toEqual(defaultOptions());
  settings.change({ kind: 'effects', balance: 0.2, loudnessLufs: -16, container: 'webm' });
  const options = settings.applyTo(defaultOptions());
  expect(options.all.soundtrack.kind).toBe('effects');
  expect(options.all.mix).toEqual({ ...defaultOptions().all.mix, balance: 0.2, loudnessLufs: -16 });
  expect(options.all.film.container).toBe('webm');
});

test('each field that can’t be read has its default', () => {
  const first = readSettings(null);
  for (const text of ['', '{', 'null', '7', '[]', '{"version":99}'])
    expect(readSettings(text)).toEqual(first);
  expect(readSettings('{"version":1,"theme":"pink","balance":0.25,"hintsSeen":[1]}')).toEqual({
    ...first,
    balance: 0.25,
  });
});

test('a hint that was seen is not shown again until everything is reset', () => {
  const settings = new Settings();
  expect(settings.wants('first-minute')).toBe(true);
  settings.see('first-minute');
  expect(new Settings().wants('first-minute')).toBe(false);
  settings.reset();
  expect(new Settings().wants('first-minute')).toBe(true);
});
