import { expect, test } from 'vitest';
import { choosePacking } from '#lib/steps/film/choose-container.ts';

const auto = { container: 'auto', audioCodec: 'auto' } as const;

test.each([
  ['avc', false, 'mp4', 'aac'],
  ['hevc', false, 'mp4', 'aac'],
  ['av1', false, 'mp4', 'aac'],
  ['vp9', false, 'mp4', 'aac'],
  ['vp8', false, 'webm', 'opus'],
  ['vp9', true, 'webm', 'opus'],
  ['av1', true, 'webm', 'opus'],
  ['prores', false, 'mkv', 'opus'],
] as const)('left to itself, %s (from WebM: %s) goes into %s with %s', (codec, isWebM, container, sound) => {
  expect(choosePacking(codec, isWebM, auto)).toMatchObject({ container, soundCodec: sound });
});

test('AAC for a WebM source moves it into an MP4', () => {
  expect(choosePacking('vp9', true, { ...auto, audioCodec: 'aac' }).container).toBe('mp4');
});

test('a requested container is used', () => {
  const packing = choosePacking('avc', false, { container: 'mkv', audioCodec: 'aac' });
  expect(packing).toMatchObject({ container: 'mkv', soundCodec: 'aac' });
});

test.each([
  ['avc', { container: 'webm', audioCodec: 'auto' }, "WebM can't hold H.264"],
  ['vp8', { container: 'mp4', audioCodec: 'auto' }, "MP4 can't hold VP8"],
  ['vp9', { container: 'webm', audioCodec: 'aac' }, 'with AAC sound'],
] as const)('%s with %o is refused in a sentence', (codec, options, words) => {
  expect(() => choosePacking(codec, false, options)).toThrow(words);
});
