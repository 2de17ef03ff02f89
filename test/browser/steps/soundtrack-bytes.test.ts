import { expect, test } from 'vitest';
import { digestOfStem, PINNED } from '../../node/synth/pinned-mix.ts';

test('the same score gives the same bytes in Chromium as in Node', async () => {
  expect(await digestOfStem('music')).toBe(PINNED.music);
  expect(await digestOfStem('effects')).toBe(PINNED.effects);
});
