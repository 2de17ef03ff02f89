import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { chooseDevice, chooseFile, type Devices } from '#lib/models/devices.ts';
import {
  hubUrl,
  ManifestSchema,
  megabytesOf,
  newestUrl,
  ownUrl,
  partsOf,
  weightsName,
} from '#lib/models/manifest.ts';
import { ownModel, ownWeightsName } from '#lib/models/own-model.ts';

const text = readFileSync('static/models/manifest.json', 'utf8');
const manifest = v.parse(ManifestSchema, JSON.parse(text));
const model = (id: string) => manifest.models.find((candidate) => candidate.id === id)!;
const NO_GPU: Devices = { gpu: 'none', hasHalf: false, threads: 1 };
const GPU: Devices = { gpu: 'real', hasHalf: true, threads: 4 };

test('every model has its licence, what that means, and its contract, in words', () => {
  for (const { id, licence, licenceMeans, contract, about } of manifest.models) {
    expect(
      [licence, licenceMeans, contract, about].every((words) => words.length > 2),
      id,
    ).toBe(true);
  }
});

test('ids and stored names are unique, and exact bytes come with a checksum', () => {
  const names = manifest.models.flatMap((one) => one.files.map((file) => weightsName(one, file)));
  expect(new Set(names).size).toBe(names.length);
  const files = manifest.models.flatMap((one) => one.files.flatMap((file) => partsOf(one, file)));
  expect(files.every(({ bytes, sha256 }) => (bytes === null) === (sha256 === null))).toBe(true);
  for (const { bytes, megabytes } of files.filter(({ bytes }) => bytes))
    expect(megabytes).toBeCloseTo(bytes! / 1e6, 1);
});

test('weights are on our own origin by id, and on the hub by repository and revision', () => {
  const fine = model('dfine-n');
  expect(ownUrl(fine, fine.files[0]!)).toBe('/models/dfine-n/onnx/model.onnx');
  expect(hubUrl(manifest.hub, fine, fine.files[0]!)).toBe(
    'https://huggingface.co/onnx-community/dfine_n_coco-ONNX/resolve/380d2839c327efaf65dd0fe0c2c10ab7fadd5473/onnx/model.onnx',
  );
  const own = model('yolov9-t');
  expect(hubUrl(manifest.hub, own, own.files[0]!)).toBeNull();
  expect(newestUrl(hubUrl(manifest.hub, fine, fine.files[0]!)!, fine)).toMatch(
    /\/resolve\/main\/onnx\/model\.onnx$/,
  );
  expect(newestUrl(ownUrl(fine, fine.files[0]!), fine)).toBeNull();
});

test('without a verified revision the hub’s main branch is used', () => {
  const resnet = { ...model('resnet-18'), hub: { repository: 'Xenova/resnet-18', revision: null } };
  expect(hubUrl(manifest.hub, resnet, resnet.files[0]!)).toMatch(
    /\/resolve\/main\/onnx\/model_quantized\.onnx$/,
  );
});

test('a describer consists of three graphs, a tokenizer and configurations in every variant', () => {
  for (const describer of manifest.models.filter(({ task }) => task === 'description')) {
    for (const variant of describer.files) {
      const paths = partsOf(describer, variant).map(({ path }) => path);
      for (const graph of ['decoder_model_merged', 'embed_tokens', 'vision_encoder']) {
        expect(paths.filter((path) => path.startsWith(`onnx/${graph}`))).toHaveLength(1);
      }
      expect(paths).toEqual(
        expect.arrayContaining(['config.json', 'tokenizer.json', 'preprocessor_config.json']),
      );
    }
  }
  const moondream = model('moondream2');
  expect(megabytesOf(moondream, moondream.files[0]!)).toBeGreaterThan(1200);
});

test('the variant suits the device: half precision only where the GPU has it', () => {
  const file = (wanted: 'auto' | 'webgpu' | 'wasm', devices: Devices) =>
    chooseFile(model('yolov9-c'), wanted, devices).path;
  expect(file('auto', GPU)).toBe('onnx/model_fp16.onnx');
  expect(file('auto', { ...GPU, hasHalf: false })).toBe('onnx/model.onnx');
  expect(file('wasm', GPU)).toBe('onnx/model_quantized.onnx');
  expect(file('auto', NO_GPU)).toBe('onnx/model_quantized.onnx');
  expect(chooseFile(model('dfine-n'), 'auto', GPU).path).toBe('onnx/model.onnx');
  expect(chooseFile(model('smolvlm-256m'), 'auto', { ...GPU, hasHalf: false }).path).toMatch(/_q4\.onnx$/);
});

test('a real GPU is used when there is one, an emulated one only on request', () => {
  expect(chooseDevice('auto', GPU)).toEqual({ name: 'webgpu', why: 'There is a GPU.' });
  expect(chooseDevice('auto', { ...GPU, gpu: 'software' }).name).toBe('wasm');
  expect(chooseDevice('webgpu', { ...GPU, gpu: 'software' }).name).toBe('webgpu');
  expect(chooseDevice('webgpu', NO_GPU).why).toMatch(/offers no GPU/);
  expect(chooseDevice('wasm', GPU).name).toBe('wasm');
});

test('a user’s own model is recognised by its stored name', () => {
  const name = ownWeightsName('my dogs & cats.onnx');
  expect(name).toBe('own~my-dogs-cats.onnx');
  expect(ownModel(name)).toMatchObject({ id: name, title: 'my-dogs-cats.onnx', hub: null });
  expect(ownModel('dfine-n~main~onnx~model.onnx')).toBeNull();
});
