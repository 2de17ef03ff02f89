import { expect, test } from 'vitest';
import { parseArguments, UsageError, type CliRequest } from '../../../cli/arguments.ts';

const request = (...words: string[]) => parseArguments(words) as CliRequest;

test('one file and nothing else changes no option', () => {
  expect(request('clip.mp4')).toEqual({
    ...{ files: ['clip.mp4'], from: null, only: null, output: null, json: null, stems: null },
    options: {
      frames: {},
      scenes: {},
      objects: {},
      prompt: {},
      soundtrack: {},
      length: {},
      mix: {},
      film: {},
    },
  });
});

test('every option reaches the step that it is meant for', () => {
  const { files, output, json, stems, options } = request(
    ...['a.mp4', '-o', 'b.webm', '--balance', '0.6', '--duration', '12.5', '--seed', '7', '--no-original'],
    ...['--prompt', 'slow piano', '--mood', 'calm', '--json', 'job.json', '--stems', 'parts', 'c.png'],
    ...['--k', '20', '--detector', 'd-fine', '--scenes', '40.1,12.3', '--sensitivity', '0.7'],
  );
  expect({ files, output, json, stems }).toEqual({
    files: ['a.mp4', 'c.png'],
    output: 'b.webm',
    json: 'job.json',
    stems: 'parts',
  });
  expect(options).toEqual({
    frames: { k: 20 },
    scenes: { detector: 'off', added: [12.3, 40.1], sensitivity: 0.7 },
    objects: { model: 'd-fine' },
    prompt: { music: 'slow piano', effects: 'slow piano', mood: { valence: 0.55, arousal: -0.7 } },
    soundtrack: { seed: 7 },
    length: { durationSeconds: 12.5 },
    mix: { balance: 0.6, original: { isMuted: true } },
    film: { container: 'webm' },
  });
});

test('scenes are found, or not, or given', () => {
  expect(request('a.mp4', '--scenes', 'auto').options.scenes).toEqual({ detector: 'auto', added: [] });
  expect(request('a.mp4', '--scenes', 'network').options.scenes).toEqual({ detector: 'network', added: [] });
  expect(request('a.mp4', '--scenes', 'off').options.scenes).toEqual({ detector: 'off', added: [] });
  expect(request('a.mp4', '--scenes', '5').options.scenes).toEqual({ detector: 'off', added: [5] });
  for (const wrong of ['many', '3,x', '', '-2'])
    expect(() => request('a.mp4', `--scenes=${wrong}`)).toThrow('--scenes wants auto, network, off or times');
});

test('the original sound is muted, heard again or left as it is', () => {
  expect(request('a.mp4', '--no-original').options.mix).toEqual({ original: { isMuted: true } });
  expect(request('a.mp4', '--keep-original').options.mix).toEqual({ original: { isMuted: false } });
  expect(request('a.mp4').options.mix).toEqual({});
});

test.each([
  [['--music'], 'music'],
  [['--effects'], 'effects'],
  [['--music', '--effects'], 'both'],
])('%j makes the kind "%s"', (flags, kind) => {
  expect(request('a.mp4', ...flags).options.soundtrack).toEqual({ kind });
});

test('steps are named by themselves or as they were called before, each once', () => {
  const only = (steps: string) => request('a.mp4', '--only', steps, '--json', 'job.json').only;
  expect(only('frames,features')).toEqual(['frames', 'features']);
  expect(only('visual, features, original')).toEqual(['features', 'source-audio']);
});

test('a document needs its file only where a film is made', () => {
  const words = ['--from', 'job.json', '--only', 'prompt', '--json', '-'];
  expect(request(...words)).toMatchObject({ files: [], from: 'job.json', only: ['prompt'], json: '-' });
  expect(request('a.mp4', '--from', 'job.json')).toMatchObject({ files: ['a.mp4'], only: null });
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
  [['a.mp4', '--k', '0'], /frames.k/],
  [['a.mp4', '--only', 'frames,sounds', '--json', 'j'], /steps are source, length, .*film; "sounds" is none/],
  [['a.mp4', '--only', '', '--json', 'j'], /The steps are/],
  [['a.mp4', '--only', 'frames'], /a file for it with --json/],
  [['a.mp4', '--only', 'frames', '--json', 'j', '--stems', 's'], /leave out --output and --stems/],
  [['--from', 'job.json'], /A film needs the file that job.json was made from/],
  [['a.mp4', 'b.mp4', '--from', 'job.json'], /--from goes with one file/],
  [['a.mp4', 'b.mp4', '--json', '-'], /--json - goes with one file/],
  [['a.mp4', '--keep-original', '--no-original'], /one of --keep-original and --no-original/],
])('%j is refused with a sentence that says why', (words, sentence) => {
  expect(() => parseArguments(words)).toThrow(UsageError);
  expect(() => parseArguments(words)).toThrow(sentence);
});
