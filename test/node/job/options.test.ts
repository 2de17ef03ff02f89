import { expect, test } from 'vitest';
import { defaultOptions, optionsByStep, optionsFor, readOptions, withOptions } from '#lib/job/options.ts';

test('options that are not given take their defaults', () => {
  const options = optionsByStep({ soundtrack: { seed: 7 }, mix: { original: { isMuted: true } } });
  expect(options.all.soundtrack).toEqual({ ...defaultOptions().all.soundtrack, seed: 7 });
  expect(options.all.mix.original).toEqual({ gainDb: 0, isMuted: true, isSolo: false });
  expect(options.all.frames).toEqual({ k: 10, mode: 'near' });
});

test('options that are not given stay as they are where there are some', () => {
  const base = withOptions(optionsByStep({ mix: { original: { gainDb: -6 } } }), 'prompt', {}, 'scene:a1');
  const options = optionsByStep({ mix: { original: { isMuted: true } }, objects: { added: ['sea'] } }, base);
  expect(options.all.mix.original).toEqual({ gainDb: -6, isMuted: true, isSolo: false });
  expect(options.all.objects.added).toEqual(['sea']);
  expect(options.of).toEqual(base.of);
  expect(() => optionsByStep({ mix: { balance: 2 } }, base)).toThrow(/"mix\.balance"/);
});

test('an invalid option and an unknown step are named', () => {
  expect(() => optionsByStep({ soundtrack: { kind: 'opera' } })).toThrow(/"soundtrack\.kind"/);
  expect(() => optionsByStep({ mix: { balance: 2 } })).toThrow(/"mix\.balance"/);
  expect(() => optionsByStep({ soundtracks: {} })).toThrow(/"soundtracks" is none/);
});

test('options are read from storage as they were stored, with the overrides of a scene and a clip', () => {
  const options = withOptions(defaultOptions(), 'prompt', { music: 'A waltz.' }, 'scene:a1');
  const again = readOptions(JSON.parse(JSON.stringify(options)));
  expect(again).toEqual(options);
  expect(again.of['scene:a1']).toEqual({ prompt: { music: 'A waltz.' } });
  expect(optionsFor(again, 'prompt', 'scene:a1').music).toBe('A waltz.');
  expect(optionsFor(again, 'prompt', 'film').music).toBeNull();
});

test('options of unknown steps are left out, and invalid ones are named', () => {
  const stored = { ...defaultOptions(), all: { ...defaultOptions().all, holography: { depth: 3 } } };
  expect(readOptions(stored)).toEqual(defaultOptions());
  expect(() => readOptions({ ...defaultOptions(), all: { mix: { balance: 2 } } })).toThrow(/"mix\.balance"/);
  expect(() => readOptions({ ...defaultOptions(), of: { 'the middle': {} } })).toThrow(/no options/);
  expect(() => readOptions({ ...defaultOptions(), schema: 99 })).toThrow(/"schema"/);
});
