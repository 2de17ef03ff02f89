import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpolatedPrompts } from '#lib/steps/prompt/interpolated-prompts.ts';
import { tidy } from '#lib/steps/prompt/tidy.ts';
import { withoutSpeech } from '#lib/steps/prompt/without-speech.ts';

test.each([
  ['calm  sea ', 'calm sea.'],
  ['calm sea.. ', 'calm sea.'],
  ['calm sea ,  waves', 'calm sea, waves.'],
  ['Wow!! Really?! Yes,. ok', 'Wow! Really? Yes. ok.'],
  ['at 10:30, 3.5 m/s', 'at 10:30, 3.5 m/s.'],
  [' . , ', ''],
  ['', ''],
  ['"Quiet," he wrote', '"Quiet," he wrote.'],
  ['one\ntwo\tthree', 'one two three.'],
])('%j is tidied to %j', (untidy, wanted) => {
  expect(tidy(untidy)).toBe(wanted);
});

/** Text with many spaces and punctuation marks. */
const scraps = fc
  .array(
    fc.constantFrom(
      'sea',
      'Über',
      'a',
      '3',
      '.',
      ',',
      ';',
      ':',
      '!',
      '?',
      '…',
      ' ',
      '  ',
      '\n',
      '"',
      ')',
      '(',
      '-',
      "'",
    ),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''));
const anything = fc.oneof(scraps, fc.string(), fc.string({ unit: 'grapheme' }));

test('tidied text has single spaces, one final period, no doubled punctuation, and stays as it is', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const tidied = tidy(text);
      expect(tidied).not.toMatch(/\s\s|^\s|\s$/u);
      expect(tidied).not.toMatch(/[.,;:!?…]\s*[.,;:!?…]/u);
      expect(tidied === '' || /[^.]\.$/u.test(tidied)).toBe(true);
      expect(tidy(tidied)).toBe(tidied);
    }),
    { numRuns: 2000 },
  );
});

test('no letter or digit is lost', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const letters = (from: string) => from.replace(/[^\p{L}\p{N}]/gu, '');
      expect(letters(tidy(text))).toBe(letters(text));
    }),
  );
});

test.each([
  ['two women talking in an archive', 'two women in an archive'],
  ['a crowd with loud voices and singing, rain', 'a crowd with loud, rain'],
  ['People TALK and birds', 'People and birds'],
  ['eine Frau, die spricht, und Regen', 'eine Frau, die, und Regen'],
  ['una donna che canta e il mare', 'una donna che e il mare'],
  ['invoice, stalking cat, singer-free using', 'invoice, stalking cat, -free using'],
  ['the sea', 'the sea'],
])('words for speech in %j are removed: %j', (text, wanted) => {
  expect(
    withoutSpeech(text)
      .replace(/\s+(?=,)/g, '')
      .trim(),
  ).toBe(wanted);
});

test('prompts are worded as in the original system', () => {
  expect(interpolatedPrompts('A calm beach.', ['sea', 'sky'])).toEqual({
    music: 'Melodic, clear and high-quality music based on a calm beach. Mood of sea, sky.',
    effects: 'High-quality and clear sound effects based on a calm beach. Background sounds of: sea, sky.',
    negative: 'Low quality, average quality, bad quality, poor quality',
  });
});

test('without labels nothing is left dangling', () => {
  const { music, effects } = interpolatedPrompts('Rain', []);
  expect(music).toBe('Melodic, clear and high-quality music based on Rain.');
  expect(effects).toBe('High-quality and clear sound effects based on Rain.');
  expect(interpolatedPrompts('Rain', ['  ']).effects).toBe(effects);
});

test('without a description the prompts still make sense', () => {
  const { music, effects } = interpolatedPrompts(' ', ['sea']);
  expect(music).toBe('Melodic, clear and high-quality music. Mood of sea.');
  expect(effects).toBe('High-quality and clear sound effects. Background sounds of: sea.');
});

test('speech leaves the effects prompt and stays in the music prompt', () => {
  const { music, effects } = interpolatedPrompts('Children singing songs by the sea', ['voices']);
  expect(music).toContain('singing songs');
  expect(music).toContain('Mood of voices');
  expect(effects).toBe('High-quality and clear sound effects based on Children by the sea.');
});

test('prompts of any description and labels are tidy', () => {
  fc.assert(
    fc.property(anything, fc.array(anything, { maxLength: 4 }), (description, labels) => {
      const { music, effects } = interpolatedPrompts(description, labels);
      for (const prompt of [music, effects]) {
        expect(prompt).toBe(tidy(prompt));
        expect(prompt).not.toMatch(/(?:Mood of|Background sounds of:?)\s*\.?$/u);
        expect(prompt).not.toMatch(/[.,;:!?…]\s*[.,;:!?…]/u);
      }
    }),
    { numRuns: 1000 },
  );
});
