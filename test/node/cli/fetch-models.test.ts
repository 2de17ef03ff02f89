import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Manifest, Model } from '#lib/models/manifest.ts';
import { fetchModels } from '../../../cli/fetch-models.ts';
import { readManifest } from '../../../cli/models-folder.ts';

const PIN = 'a'.repeat(40);
const CONTENT = Buffer.from('weights');
const SHA = createHash('sha256').update(CONTENT).digest('hex');
let folder = '';
let isPinThere = true;
const asked: string[] = [];
const hub = createServer(({ url = '' }, response) => {
  asked.push(url);
  const isThere = isPinThere || !url.includes(PIN);
  response.writeHead(isThere ? 200 : 404).end(isThere ? CONTENT : '');
});

beforeAll(() => new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve)));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'immersivaudio-hub-'));
  asked.length = 0;
  isPinThere = true;
  return () => rmSync(folder, { recursive: true });
});
afterAll(() => void hub.close());

const known = { megabytes: 0.1, bytes: CONTENT.length, sha256: SHA };
const unknown = { megabytes: 0.1, bytes: null, sha256: null };

/** The app's manifest, with the test's hub, and with this in the place of its better detector. */
function manifest(changes: Partial<Model>): Manifest {
  const { models, ...rest } = readManifest();
  const changed = models.map((model) => (model.tier === 'better' ? { ...model, ...changes } : model));
  return { ...rest, hub: `http://127.0.0.1:${(hub.address() as AddressInfo).port}`, models: changed };
}

async function bring(names: string[], changes: Partial<Model>, device?: 'wasm' | 'webgpu') {
  const lines: string[] = [];
  const options = { tell: (line: string) => lines.push(line), manifest: manifest(changes), folder };
  await fetchModels(names, { ...options, ...(device && { device }) });
  return lines;
}

const two: Model['files'] = [
  { path: 'onnx/cpu.onnx', ...known, devices: ['wasm'], also: [] },
  { path: 'onnx/gpu.onnx', ...unknown, devices: ['webgpu'], also: [] },
];
const HOSTED = { hub: { repository: 'them/theirs', revision: PIN }, files: two };
const files = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /onnx$/.test(name) && name.includes('.'),
  );

test('a tier stands for its detector: all its files come from the pinned revision, and only once', async () => {
  const lines = await bring(['better'], HOSTED);
  expect(files().sort()).toEqual(['dfine-n/onnx/cpu.onnx', 'dfine-n/onnx/gpu.onnx']);
  expect(lines[0]).toMatch(/^D-FINE nano\. Licence Apache-2\.0: Free for any use/);
  expect(lines[1]).toMatch(/fetched dfine-n\/onnx\/cpu\.onnx.*checksum as promised/);
  expect(lines[2]).toMatch(new RegExp(`gpu\\.onnx.*no checksum is known.*${SHA}`));
  await bring(['dfine-n'], HOSTED);
  expect(asked).toEqual(['cpu', 'gpu'].map((name) => `/them/theirs/resolve/${PIN}/onnx/${name}.onnx`));
});

test('with a device only its variant comes', async () => {
  await bring(['better'], HOSTED, 'webgpu');
  expect(files()).toEqual(['dfine-n/onnx/gpu.onnx']);
});

test('what is gone from the pinned revision is taken from the newest only without a checksum', async () => {
  isPinThere = false;
  const [, line] = await bring(['better'], HOSTED, 'webgpu');
  expect(line).toContain('the newest, since the hub has the pinned one no more');
  await expect(bring(['better'], HOSTED, 'wasm')).rejects.toThrow(/cpu\.onnx: the server answered 404/);
});

test('the detector of the app and what nobody hosts are not fetched, but explained', async () => {
  const lines = await bring(['small', 'yolov9-t'], HOSTED);
  expect(lines.join('\n')).toMatch(/comes with the app.*static\/models\/yolov9-t\/model\.onnx/s);
  expect(asked).toEqual([]);
});

test('an unknown name is one sentence with the known ones, before anything is fetched', async () => {
  await expect(bring(['better', 'eagle'], HOSTED)).rejects.toThrow(
    /^There is no model "eagle"; there are small, better, best, coco-ssd, dfine-n/,
  );
  expect(asked).toEqual([]);
});
