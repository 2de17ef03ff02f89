import * as v from 'valibot';
import { expect, test } from 'vitest';
import { GenerateSpecSchema } from '#lib/protocol/job-request.ts';

const SPEC = { engine: 'synth', effects: 'wind', seconds: 10 };
const refusal = (spec: object) => v.safeParse(GenerateSpecSchema, spec).issues?.[0].message;

test('segments fill the sound, each with its own prompts or those of the whole', () => {
  const segments = [{ seconds: 4, effects: 'waves' }, { seconds: 6.02 }];
  expect(v.parse(GenerateSpecSchema, { ...SPEC, segments }).segments).toEqual([
    { seconds: 4, effects: 'waves', fadeSeconds: 2 },
    { seconds: 6.02, fadeSeconds: 2 },
  ]);
  expect(v.parse(GenerateSpecSchema, SPEC)).not.toHaveProperty('segments');
});

test('other segments are refused in a sentence', () => {
  expect(refusal({ ...SPEC, segments: [{ seconds: 4 }, { seconds: 5 }] })).toMatch(/together are as long/);
  expect(refusal({ ...SPEC, segments: [{ seconds: 10, music: 'piano' }] })).toMatch(/a track that the whole/);
  const many = Array.from({ length: 31 }, () => ({ seconds: 10 / 31 }));
  expect(refusal({ ...SPEC, segments: many })).toBeDefined();
  expect(refusal({ ...SPEC, segments: [{ seconds: 10, fadeSeconds: 11 }] })).toBeDefined();
});
