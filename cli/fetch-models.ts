/** `npm run models -- <ids>`: fetches weights into static/models, to be served by our own origin. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { fetchFile } from './fetch-file.ts';
import { ROOT } from './root.ts';

const FOLDER = join(ROOT, 'static/models');
const USAGE = `Fetches weights into static/models/, so that this app serves them itself.

Usage: npm run models -- <id> [more ids] [--device wasm|webgpu|webgpu-fp16]

Without --device every variant is fetched. Read each licence: it becomes yours to keep when you serve a model.
`;

const PartSchema = v.object({
  path: v.string(),
  megabytes: v.number(),
  bytes: v.nullable(v.number()),
  sha256: v.nullable(v.string()),
});
const ManifestSchema = v.object({
  hub: v.string(),
  models: v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      home: v.string(),
      hub: v.nullable(v.object({ repository: v.string(), revision: v.nullable(v.string()) })),
      files: v.array(
        v.object({
          ...PartSchema.entries,
          devices: v.array(v.string()),
          also: v.optional(v.array(PartSchema), []),
        }),
      ),
      shared: v.optional(v.array(PartSchema), []),
      licence: v.string(),
      licenceMeans: v.string(),
      contract: v.string(),
    }),
  ),
});
type Model = v.InferOutput<typeof ManifestSchema>['models'][number];

const { hub, models } = v.parse(
  ManifestSchema,
  JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')),
);
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { device: { type: 'string' } },
  });
  if (positionals.length === 0) list();
  const strangers = positionals.filter((id) => !models.some((model) => model.id === id));
  if (strangers.length > 0) {
    throw new TypeError(
      `There is no model "${strangers[0]}"; there are ${models.map(({ id }) => id).join(', ')}.`,
    );
  }
  for (const model of models.filter(({ id }) => positionals.includes(id))) await bring(model, values.device);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function list(): void {
  console.log(USAGE);
  for (const { id, title, files, licence, licenceMeans, hub: hosted } of models) {
    const sizes = files
      .map((file) => `${megabytesOf([file, ...file.also])} MB (${file.devices.join(', ')})`)
      .join(' · ');
    console.log(`${id.padEnd(10)} ${title}, ${sizes}${hosted ? '' : ', not hosted anywhere'}`);
    console.log(`           ${licence}: ${licenceMeans}\n`);
  }
}

function megabytesOf(parts: readonly { megabytes: number }[]): number {
  return Math.round(10 * parts.reduce((sum, { megabytes }) => sum + megabytes, 0)) / 10;
}

async function bring(model: Model, device: string | undefined): Promise<void> {
  console.log(`${model.title}. Licence ${model.licence}: ${model.licenceMeans}`);
  if (!model.hub) {
    const target = join('static/models', model.id, model.files[0]!.path);
    console.log(
      `  Nobody hosts it. Export it after ${model.home} and put it at ${target}.\n  ${model.contract}`,
    );
    return;
  }
  const files = model.files.filter(({ devices }) => !device || devices.includes(device));
  if (files.length === 0) throw new TypeError(`${model.title} has no variant for "${device}".`);
  const revision = model.hub.revision ?? 'main';
  if (!model.hub.revision)
    console.log('  Nobody pinned a revision of it: this is what its main branch has today.');
  const parts = [...files.flatMap((file) => [file, ...file.also]), ...model.shared];
  for (const { path, bytes, sha256 } of parts) {
    const url = `${hub}/${model.hub.repository}/resolve/${revision}/${path}`;
    const { state, digest, size } = await fetchFile(url, join(FOLDER, model.id, path), { bytes, sha256 });
    const checked = sha256 ? 'checksum as promised' : `no checksum is known; this one has sha256 ${digest}`;
    console.log(`  ${state} ${model.id}/${path}, ${(size / 1e6).toFixed(1)} MB, ${checked}`);
  }
}
