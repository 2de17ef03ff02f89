import { expect, test } from 'vitest';
import { canonicalJson, contentKey, requestDigest } from '../../../../worker-server/jobs/content-key.ts';
import { music } from '../../../fixtures/worker-server/job-helpers.ts';

test('equal values have equal JSON, whatever the order of their keys', () => {
  expect(canonicalJson({ b: [1, { d: 2, c: undefined }], a: null })).toBe('{"a":null,"b":[1,{"d":2}]}');
  expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
});

test('the digest of a request depends on its still or its prompts', () => {
  const spec = { engine: 'test', question: 'What is this?' };
  const ask = (byte: number) => requestDigest({ verb: 'describe', spec, still: Uint8Array.of(byte) });
  expect(ask(1)).toBe(ask(1));
  expect(ask(1)).not.toBe(ask(2));
  expect(requestDigest(music())).not.toBe(requestDigest(music({ music: 'loud drums' })));
});

test('the content key depends on the revision of the weights, not on their licence', () => {
  const weights = { name: 'model', revision: '1', licence: 'MIT' };
  expect(contentKey('r', [weights])).not.toBe(contentKey('r', [{ ...weights, revision: '2' }]));
  expect(contentKey('r', [weights])).toBe(contentKey('r', [{ ...weights, licence: 'Apache-2.0' }]));
});
