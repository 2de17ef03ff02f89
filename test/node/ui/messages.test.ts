import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { bytesText, decibelText } from '#lib/ui/amount-text.ts';
import { clockText } from '#lib/ui/clock-text.ts';
import { errorText, errorTitle } from '#lib/ui/errors.ts';
import { LANGUAGES, regionTag, setLanguage } from '#lib/ui/language.svelte.ts';
import { aboutText, licenceText } from '#lib/ui/models/model-text.ts';
import { percentText, secondsText } from '#lib/ui/number-text.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

interface Variants {
  declarations: string[];
  selectors: string[];
  match: Record<string, string>;
}
type Messages = Record<string, string | Variants[]>;
const files = new Map(LANGUAGES.map((tag) => [tag, read(`src/messages/${tag}.json`) as Messages]));
const english = files.get('en')!;

const textsOf = (message: string | Variants[]): Record<string, string> =>
  Object.fromEntries(
    typeof message === 'string' ? [['', message]] : message.flatMap(({ match }) => Object.entries(match)),
  );
const placeholdersOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** The structure that all languages share: every case of every message with its placeholders. */
const shapeOf = (messages: Messages) =>
  Object.fromEntries(
    Object.entries(messages).flatMap(([key, message]) =>
      Object.entries(textsOf(message)).map(([when, text]) => [`${key} ${when}`, placeholdersOf(text)]),
    ),
  );

vi.stubGlobal('document', { documentElement: { lang: '' } });
afterEach(() => setLanguage('en'));

test('English, German and Italian have the same messages with the same cases and placeholders', () => {
  expect([...files.keys()]).toEqual(['en', 'de', 'it']);
  for (const [tag, messages] of files) {
    expect(Object.keys(messages), tag).toEqual(Object.keys(english));
    expect(shapeOf(messages), tag).toEqual(shapeOf(english));
  }
});

test('no message is empty, or has blanks at its ends', () => {
  const texts = [...files.values()].flatMap((messages) =>
    Object.values(messages).flatMap((message) => Object.values(textsOf(message))),
  );
  expect(texts.length).toBeGreaterThan(3 * Object.keys(english).length);
  expect(texts.filter((text) => text === '' || text !== text.trim())).toEqual([]);
});

test('a message follows the language, and so do numbers, amounts and times', () => {
  expect([m.takes_take({ number: 2 }), bytesText(3_210_000), clockText(63.2)]).toEqual([
    'Take 2',
    '3.2 MB',
    '1:03.2',
  ]);
  setLanguage('de');
  expect([regionTag(), document.documentElement.lang]).toEqual(['de', 'de']);
  expect([bytesText(3_210_000), bytesText(1), decibelText(-3), clockText(3.2), secondsText(1.5, 1)]).toEqual([
    '3,2 MB',
    '1 Byte',
    '−3,0 dB',
    '0:03,2',
    '1,5 s',
  ]);
  expect(percentText(0.5)).toBe('50\u00a0%');
  setLanguage('it');
  expect([m.takes_take({ number: 2 }), m.models_threads({ count: 1 }), percentText(0.5)]).toEqual([
    'Versione 2',
    'sul processore un modello ha un thread.',
    '50%',
  ]);
});

test('an error has a title in every language, and its own sentence is marked as English where it stays', () => {
  const broken = { name: 'SourceError', message: 'A video is needed; this file is empty.' };
  const full = { name: 'StorageFullError', message: 'No room.' };
  expect(errorText(full)).toEqual({ text: 'No room.' });
  setLanguage('de');
  expect(errorTitle('StorageFullError')).toBe('Kein Platz mehr auf diesem Gerät');
  expect(errorTitle('SomethingNewError')).toBe('Das hat nicht geklappt');
  expect(errorText(full).text).toContain('Auf diesem Gerät ist kein Platz mehr');
  expect(errorText(broken)).toEqual({ text: broken.message, lang: 'en' });
});

test('every model of the manifest is described as there, and in German too', () => {
  const { models } = read('static/models/manifest.json') as {
    models: { id: string; about: string; licence: string; licenceMeans: string }[];
  };
  for (const model of models) {
    setLanguage('en');
    expect([aboutText(model), licenceText(model)]).toEqual([model.about, model.licenceMeans]);
    setLanguage('de');
    expect(aboutText(model)).not.toBe(model.about);
    expect(licenceText(model)).not.toBe(model.licenceMeans);
  }
});
