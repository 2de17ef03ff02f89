/** `npm run models -- <names>`: fetches weights into static/models, to be served by our own origin. */
import { parseArgs } from 'node:util';
import { partsOf } from '#lib/models/manifest.ts';
import { fetchModels } from './fetch-models.ts';
import { readManifest } from './models-folder.ts';

const USAGE = `Fetches weights into static/models/, so that this app serves them itself.

Usage: npm run models -- <name> [more names] [--device wasm|webgpu|webgpu-fp16]

A name is that of a model, or better or best for a detector. Without --device every variant is fetched. Read each
licence: it becomes yours to keep when you serve a model.
`;

const DEVICES = ['wasm', 'webgpu', 'webgpu-fp16'] as const;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { device: { type: 'string' } },
  });
  const device = DEVICES.find((name) => name === values.device);
  if (values.device !== undefined && !device) {
    throw new TypeError(`The device "${values.device}" is none of ${DEVICES.join(', ')}.`);
  }
  if (positionals.length === 0) list();
  else await fetchModels(positionals, { ...(device && { device }), tell: console.log });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function list(): void {
  console.log(USAGE);
  for (const model of readManifest().models) {
    const sizes = model.files.map((file) => {
      const megabytes = partsOf({ ...model, shared: [] }, file).reduce(
        (sum, part) => sum + part.megabytes,
        0,
      );
      return `${Math.round(10 * megabytes) / 10} MB (${file.devices.join(', ')})`;
    });
    const name = model.tier ? `${model.title}, "${model.tier}"` : model.title;
    const where = model.isBuiltIn ? ', part of the app' : model.hub ? '' : ', not hosted anywhere';
    console.log(`${model.id.padEnd(12)} ${name}, ${sizes.join(' · ')}${where}`);
    console.log(`             ${model.licence}: ${model.licenceMeans}\n`);
  }
}
