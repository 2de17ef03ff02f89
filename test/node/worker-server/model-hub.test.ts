import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { modelHubOrigins } from '../../../worker-server/model-hub.ts';

const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-hub-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('an app without a model manifest may fetch from its own origin only', () => {
  expect(modelHubOrigins(folder)).toEqual([]);
});

test('the hub of the manifest that is shipped is allowed, with the hosts that it delivers from', () => {
  expect(modelHubOrigins(join(import.meta.dirname, '../../../static'))).toEqual([
    'https://huggingface.co',
    'https://*.huggingface.co',
    'https://*.hf.co',
  ]);
});

test('a manifest whose hub is no address is refused', () => {
  mkdirSync(join(folder, 'models'));
  writeFileSync(join(folder, 'models/manifest.json'), '{ "hub": "script-src *" }');
  expect(() => modelHubOrigins(folder)).toThrow();
});
