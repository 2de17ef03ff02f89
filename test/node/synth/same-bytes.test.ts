import { expect, it } from 'vitest';
import { RENDER_VERSION } from '#lib/synth/render-cache.ts';
import { digestOfStem, PINNED } from './pinned-mix.ts';

it('a score has the pinned samples in Node, and the pinned version', async () => {
  const [music, effects] = [await digestOfStem('music'), await digestOfStem('effects')];
  expect({ version: RENDER_VERSION, music, effects }).toEqual(PINNED);
}, 60_000);
