import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { modelHubOrigins } from '../../../worker-server/csp-sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-hub-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('an app without a model manifest may fetch from its own origin only', () => {
  expect(modelHubOrigins(folder)).toEqual([]);
});

test('the hub of the shipped manifest is allowed, with the hosts that it redirects to', () => {
  expect(modelHubOrigins(join(import.meta.dirname, '../../../static'))).toEqual([
    'https://huggingface.co',
    'https://*.huggingface.co',
    'https://*.hf.co',
  ]);
});

test('a manifest whose hub is not a URL is refused', () => {
  mkdirSync(join(folder, 'models'));
  writeFileSync(join(folder, 'models/manifest.json'), '{ "hub": "script-src *" }');
  expect(() => modelHubOrigins(folder)).toThrow();
});
