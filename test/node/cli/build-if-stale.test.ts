import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, afterEach, expect, test, vi } from 'vitest';
import { buildIfStale } from '../../../cli/build-if-stale.ts';

// A busy machine takes its time to start a program.
vi.setConfig({ testTimeout: 60_000 });

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'immersivaudio-project-'));
  for (const name of [
    'src/app.ts',
    'src/lib/state/old.ts',
    'static/icon.svg',
    'package-lock.json',
    'svelte.config.js',
    'vite.config.ts',
  ])
    write(name, '');
  write('worker-server/compress-build.ts', '');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

/** A builder that talks, and ends as it is told. */
function writeBuilder(code: number): void {
  write(
    'node_modules/vite/bin/vite.js',
    `const fs = require('fs'); console.log('60 lines of sizes'); console.error('Icon.svelte:3: no such thing');
     fs.mkdirSync('build', { recursive: true }); if (${code} === 0) fs.writeFileSync('build/app.html', '');
     process.exitCode = ${code};`,
  );
}

test('one line says that the app is built, and nothing when it is as new as its sources', async () => {
  writeBuilder(0);
  const told: string[] = [];
  await buildIfStale((line) => told.push(line), root);
  await buildIfStale((line) => told.push(line), root);
  write('src/lib/paraglide/messages.js', 'made anew');
  await buildIfStale((line) => told.push(line), root);
  expect(told).toEqual([expect.stringMatching(/^Building the app …/)]);
  write('src/lib/state/new.ts', '');
  await buildIfStale((line) => told.push(line), root);
  expect(told).toHaveLength(2);
});

test('what the builder said is part of the error when it fails', async () => {
  writeBuilder(1);
  const built = buildIfStale(() => undefined, root);
  await expect(built).rejects.toMatchObject({
    name: 'BuildFailedError',
    message: expect.stringMatching(
      /^The app could not be built\.\n[^]*Icon\.svelte:3: no such thing/,
    ) as string,
  });
});
