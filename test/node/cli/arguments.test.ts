import { expect, test } from 'vitest';
import { parseArguments, UsageError, type Wishes } from '../../../cli/arguments.ts';

const wishes = (...words: string[]) => parseArguments(words) as Wishes;

test('one file and nothing else takes every default', () => {
  expect(wishes('clip.mp4')).toMatchObject({
    files: ['clip.mp4'],
    output: null,
    json: null,
    stems: null,
    options: {
      all: {
        prompt: { music: null, effects: null, mood: null },
        soundtrack: { kind: 'both', seed: 1 },
        length: { durationSeconds: 10 },
        mix: { balance: 0.5, original: { isMuted: false } },
        film: { container: 'auto' },
      },
    },
  });
});

test('every option reaches the step that it is meant for', () => {
  const { files, output, json, stems, options } = wishes(
    ...['a.mp4', '-o', 'b.webm', '--balance', '0.6', '--duration', '12.5', '--seed', '7', '--no-original'],
    ...['--prompt', 'slow piano', '--mood', 'calm', '--json', 'job.json', '--stems', 'parts', 'c.png'],
  );
  expect({ files, output, json, stems }).toEqual({
    files: ['a.mp4', 'c.png'],
    output: 'b.webm',
    json: 'job.json',
    stems: 'parts',
  });
  expect(options.all).toMatchObject({
    prompt: { music: 'slow piano', effects: 'slow piano', mood: { valence: 0.55, arousal: -0.7 } },
    soundtrack: { seed: 7 },
    length: { durationSeconds: 12.5 },
    mix: { balance: 0.6, original: { isMuted: true } },
    film: { container: 'webm' },
  });
});

test.each([
  [['--music'], 'music'],
  [['--effects'], 'effects'],
  [['--music', '--effects'], 'both'],
])('%j makes the kind "%s"', (flags, kind) => {
  expect(wishes('a.mp4', ...flags).options.all.soundtrack.kind).toBe(kind);
});

test.each([
  [['--help'], 'help'],
  [['-h', 'a.mp4'], 'help'],
  [['--version'], 'version'],
])('%j asks for the %s', (words, what) => {
  expect(parseArguments(words)).toBe(what);
});

test.each([
  [[], /at least one video or picture/],
  [['a.mp4', '--loud'], /--loud/],
  [['a.mp4', '-o'], /argument missing/],
  [['a.mp4', '--seed', 'seven'], /--seed wants a number, but got "seven"/],
  [['a.mp4', '--seed', ''], /--seed wants a number/],
  [['a.mp4', '--seed', '1.5'], /soundtrack.seed/],
  [['a.mp4', '--balance', '2'], /mix.balance/],
  [['a.mp4', '--duration', '301'], /length.durationSeconds/],
  [['a.mp4', '--mood', 'grumpy'], /--mood knows .*calm.*, but got "grumpy"/],
  [['a.mp4', '--keep-original', '--no-original'], /one of --keep-original and --no-original/],
])('%j is refused with a sentence that says why', (words, sentence) => {
  expect(() => parseArguments(words)).toThrow(UsageError);
  expect(() => parseArguments(words)).toThrow(sentence);
});
