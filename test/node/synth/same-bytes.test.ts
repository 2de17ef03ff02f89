import { expect, it } from 'vitest';
import { RENDER_VERSION } from '#lib/synth/render-cache.ts';
import { digestOfStem, PINNED } from './pinned-mix.ts';

it('the same score gives the same bytes in Node as anywhere, and other bytes count the version up', async () => {
  const [music, effects] = [await digestOfStem('music'), await digestOfStem('effects')];
  expect({ version: RENDER_VERSION, music, effects }).toEqual(PINNED);
}, 60_000);
