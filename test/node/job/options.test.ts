import { expect, test } from 'vitest';
import { defaultOptions, readOptions } from '#lib/job/entry.ts';

test('options that are not given take their defaults', () => {
  const options = readOptions({ soundtrack: { seed: 7 }, mix: { original: { isMuted: true } } });
  expect(options.soundtrack).toEqual({ ...defaultOptions().soundtrack, seed: 7 });
  expect(options.mix.original).toEqual({ gainDb: 0, isMuted: true, isSolo: false });
  expect(options.frames).toEqual({ k: 10, mode: 'near' });
});

test('a wrong option and an unknown step are named', () => {
  expect(() => readOptions({ soundtrack: { kind: 'opera' } })).toThrow(/"soundtrack\.kind"/);
  expect(() => readOptions({ mix: { balance: 2 } })).toThrow(/"mix\.balance"/);
  expect(() => readOptions({ soundtracks: {} })).toThrow(/"soundtracks" is none/);
});
