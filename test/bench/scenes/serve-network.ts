import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { BUILD_FOLDER } from '../../../cli/build-if-stale.ts';
import type { Manifest } from '../../../src/lib/models/manifest.ts';
import { createApp } from '../../../worker-server/app.ts';

const MODEL = 'transnetv2';

/** The app, with the shared weights of the network that finds scenes on its origin: they are another export than the hub's. */
export function serveNetwork(modelsFolder: string): { app: Hono; hasNetwork: boolean } {
  const app = new Hono();
  const weights = join(modelsFolder, 'scenes/transnetv2.onnx');
  const hasNetwork = existsSync(weights);
  if (hasNetwork) {
    const manifest = JSON.parse(readFileSync(join(BUILD_FOLDER, 'models/manifest.json'), 'utf8')) as Manifest;
    for (const { id, files } of manifest.models) {
      if (id === MODEL) for (const file of files) Object.assign(file, { bytes: null, sha256: null });
    }
    app.get('/models/manifest.json', (context) => context.json(manifest));
    app.get(`/models/${MODEL}/transnetv2.onnx`, (context) =>
      context.body(readFileSync(weights), 200, { 'Content-Type': 'application/octet-stream' }),
    );
  }
  app.route('/', createApp({ buildFolder: BUILD_FOLDER }));
  return { app, hasNetwork };
}
