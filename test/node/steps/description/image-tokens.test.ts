import { expect, test } from 'vitest';
import {
  expandImageToken,
  imageTokenCount,
  featureCountIn,
} from '#lib/steps/description/neural/image-tokens.ts';

const IMAGE = 50257;

test('a picture of MoonDream2 takes 729 tokens, configured or not', () => {
  expect(imageTokenCount({})).toBe(729);
  expect(imageTokenCount({ vision_config: { image_size: 378, patch_size: 14 } })).toBe(729);
  expect(imageTokenCount({ vision_config: { image_size: 336, patch_size: 14 } })).toBe(576);
});

test('the one token for the picture becomes one for each patch, the words around it stay', () => {
  const ids = expandImageToken([1n, BigInt(IMAGE), 2n, 3n], IMAGE, 729);
  expect(ids).toHaveLength(732);
  expect(ids.filter((id) => id === BigInt(IMAGE))).toHaveLength(729);
  expect([ids[0], ids[1], ids.at(-2), ids.at(-1)]).toEqual([1n, BigInt(IMAGE), 2n, 3n]);
});

test('a prompt without the token, or with several, is refused', () => {
  expect(() => expandImageToken([1n, 2n], IMAGE, 729)).toThrow(/one token 50257 .* has 0/);
  expect(() => expandImageToken([50257n, 50257n], IMAGE, 729)).toThrow(/has 2/);
});

test('the number of features is read out of the refusal to merge, and out of no other error', () => {
  const refusal = 'Number of tokens and features do not match: tokens: 1, features 729';
  expect(featureCountIn(new Error(refusal))).toBe(729);
  expect(featureCountIn(new Error('Out of memory'))).toBeNull();
});
