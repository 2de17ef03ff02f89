/** The server of `npm run dev`: as `npm start` runs it, but without a built app, since Vite in front serves the pages. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../worker-server/settings.ts';
import { startServer } from '../worker-server/start-server.ts';

const buildFolder = mkdtempSync(join(tmpdir(), 'immersivaudio-dev-'));
process.once('exit', () => rmSync(buildFolder, { recursive: true }));
writeFileSync(join(buildFolder, 'app.html'), '<!doctype html><p>Vite serves the app.</p>');

try {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings === 'help') throw new TypeError('The flags of npm run dev go to Vite: npx vite dev --help.');
  const server = await startServer(settings, { buildFolder });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close().finally(() => process.exit()));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
