import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, expect, test, vi } from 'vitest';
import { MAY_IMPORT, RULES } from '../fixtures/import-table.ts';

// A busy machine takes its time to read everything.
vi.setConfig({ testTimeout: 60_000 });

const ROOT = join(import.meta.dirname, '../..');
const MAX_LINES = 300;
/** Written by the build, and never read by people. */
const WRITTEN = join('src/lib/paraglide/');

const planted = mkdtempSync(join(tmpdir(), 'immersivaudio-planted-'));
afterAll(() => rmSync(planted, { recursive: true }));

/** One line per broken rule: "from → to: rule". */
async function brokenRules(baseDir: string, folders: string[]): Promise<string[]> {
  const { output } = await cruise(
    folders,
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: RULES },
      tsPreCompilationDeps: 'specify',
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'types', 'svelte', 'browser', 'default'],
        extensions: ['.ts', '.js', '.svelte'],
      },
    },
    {},
  );
  return (output as ICruiseResult).summary.violations.map(
    ({ from, to, rule }) => `${from} → ${to}: ${rule.name}`,
  );
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js|svelte|css)$/.test(name))
    .map((name) => join(folder, name))
    .filter((name) => !name.startsWith(WRITTEN));
}

function plant(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(planted, dirname(name)), { recursive: true });
    writeFileSync(join(planted, name), text);
  }
}

test('every import follows the table of who may import whom', async () => {
  expect(await brokenRules(ROOT, ['src', 'worker-server', 'cli'])).toEqual([]);
});

test('forbidden imports are found in modules, components, workers and in circles', async () => {
  plant({
    'package.json': '{ "type": "module", "imports": { "#lib/*": "./src/lib/*" } }',
    'src/lib/media/pixels.ts': "export { step } from '#lib/steps/one/one.ts';",
    'src/lib/steps/one/one.ts': "import Other from '../two/two.worker.ts?worker'; export const step = Other;",
    'src/lib/steps/two/two.worker.ts': 'export default 2;',
    'src/lib/steps/two/two.ts': 'export const two = 2;',
    'src/lib/state/studio.svelte.ts': 'export class Studio {}',
    'src/lib/ui/Button.svelte':
      "<script lang=\"ts\">import { two } from '#lib/steps/two/two.ts'; import { Studio } from '#lib/state/studio.svelte.ts'; let x: Studio = new Studio();</script>{two}{x}",
    'src/lib/ui/Typed.svelte':
      '<script lang="ts">import type { Studio } from \'#lib/state/studio.svelte.ts\'; let { x }: { x: Studio } = $props();</script>{x}',
    'src/routes/bench/one/+page.svelte':
      "<script>import { step } from '#lib/steps/one/one.ts'; import { two } from '#lib/steps/two/two.ts';</script>{step}{two}",
    'src/lib/job/a.ts': "import './b.ts'; import 'node:fs';",
    'src/lib/job/b.ts': "import './a.ts';",
    'src/lib/misc/drawer.ts': "export const junk = '';",
    'src/lib/job/c.ts': "import '../misc/drawer.ts'; import './nowhere.ts';",
  });
  const found = await brokenRules(planted, ['src']);
  const expected = [
    'job/a.ts → fs: src runs in a browser',
    'job/a.ts → job/b.ts: no import goes round in a circle',
    'job/c.ts → ./nowhere.ts: every file that is imported is found',
    'job/c.ts → misc/drawer.ts: a folder of src/lib is in the import table',
    'job/c.ts → misc/drawer.ts: job imports only job',
    'media/pixels.ts → steps/one/one.ts: media imports only media',
    'steps/one/one.ts → steps/two/two.worker.ts: a step never imports another step',
    'ui/Button.svelte → state/studio.svelte.ts: ui takes from state only types and the context',
    'ui/Button.svelte → steps/two/two.ts: ui imports only ui, job, media, state, paraglide',
    'src/routes/bench/one/+page.svelte → steps/two/two.ts: a bench page uses state, ui, job, its own step and the one that opens files',
  ];
  expect(found.map((line) => line.replaceAll('src/lib/', '')).sort()).toEqual(expected.sort());
});

test('every folder of src/lib is in the table', () => {
  const folders = readdirSync(join(ROOT, 'src/lib'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(Object.keys(MAY_IMPORT)).toEqual(expect.arrayContaining(folders.map(({ name }) => name)));
});

test(`no file is longer than ${MAX_LINES} lines`, () => {
  const long = ['src', 'worker-server', 'cli', 'test']
    .flatMap(filesUnder)
    .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > MAX_LINES);
  expect(long).toEqual([]);
});
