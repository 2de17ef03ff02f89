import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { brokenRules } from '../fixtures/broken-rules.ts';
import { MAY_IMPORT } from '../fixtures/import-table.ts';

// Reading everything takes some four seconds of one core, and a busy machine has many things to do.
vi.setConfig({ testTimeout: 120_000 });

const ROOT = join(import.meta.dirname, '../..');
const MAX_LINES = 300;
/** Written by the build, and never read by people. */
const WRITTEN = join('src/lib/paraglide/');

const planted = mkdtempSync(join(tmpdir(), 'immersivaudio-planted-'));
afterAll(() => rmSync(planted, { recursive: true }));

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
    'node_modules/clock/index.js': 'export const now = 0;',
    'src/lib/media/pixels.ts': "export { step } from '#lib/steps/one/one.ts';",
    'src/lib/steps/one/one.ts': "import Other from '../two/two.worker.ts?worker'; export const step = Other;",
    'src/lib/steps/two/two.worker.ts': 'export default 2;',
    'src/lib/steps/two/two.ts': 'export const two = 2;',
    'src/lib/synth/engine.ts':
      "import type {} from '#lib/worker/store.ts'; import '#lib/models/fetch.ts'; import '#lib/projects/project.ts';",
    'src/lib/worker/store.ts': 'export {};',
    'src/lib/models/fetch.ts': 'export {};',
    'src/lib/projects/project.ts': 'export interface Project { id: string }',
    'src/lib/pipeline/pipeline.ts': 'export type Current = object;',
    'src/lib/state/studio.svelte.ts': 'export class Studio {}',
    'src/lib/ui/Button.svelte':
      "<script lang=\"ts\">import { two } from '#lib/steps/two/two.ts'; import { Studio } from '#lib/state/studio.svelte.ts'; let x: Studio = new Studio();</script>{two}{x}",
    'src/lib/ui/Typed.svelte':
      '<script lang="ts">import type { Studio } from \'#lib/state/studio.svelte.ts\'; let { x }: { x: Studio } = $props();</script>{x}',
    'src/lib/ui/Kept.svelte':
      "<script module>import type { Current } from '#lib/pipeline/pipeline.ts';</script><script lang=\"ts\">import type { Project } from '#lib/projects/project.ts'; let { p }: { p: Project } = $props();</script>{#await import('#lib/steps/two/two.ts')}{p}{/await}",
    'src/lib/ui/kept.ts': "export type Kept = import('#lib/projects/project.ts').Project;",
    'src/routes/bench/one/+page.svelte':
      "<script>import { step } from '#lib/steps/one/one.ts'; import { two } from '#lib/steps/two/two.ts'; import Button from '#lib/ui/Button.svelte';</script>{step}{two}",
    'src/lib/job/a.ts': "import './b.ts'; import 'node:fs'; import 'clock'; import 'valibot';",
    'src/lib/job/b.ts': "import './a.ts';",
    'src/lib/misc/drawer.ts': "export const junk = '';",
    'src/lib/job/c.ts': "import '../misc/drawer.ts'; import './nowhere.ts';",
    'src/lib/remote/link.ts':
      "import '../../../worker-server/jobs/queue.ts'; import type {} from '../../../cli/main.ts';",
    'worker-server/jobs/queue.ts': 'export {};',
    'worker-server/engines/loud.ts': "import type {} from '../jobs/queue.ts';",
    'worker-server/shares/publish.ts': "import '../jobs/queue.ts';",
    'worker-server/shares/page/page.ts': "import '#lib/ui/kept.ts';",
    'cli/main.ts': 'export {};',
  });
  const found = await brokenRules(planted, ['src', 'worker-server', 'cli']);
  const ui = 'ui imports only ui, job, media, state, paraglide';
  const synth = 'synth imports only synth, media, job';
  const remote = 'remote imports only remote, protocol, job, worker';
  const outside = 'src imports neither server nor command line nor tests';
  const expected = [
    'job/a.ts → fs: src runs in a browser',
    'job/a.ts → job/b.ts: no import goes round in a circle',
    'job/a.ts → node_modules/clock/index.js: job uses no package but valibot',
    'job/c.ts → ./nowhere.ts: every file that is imported is found',
    'job/c.ts → misc/drawer.ts: a folder of src/lib is in the import table',
    'job/c.ts → misc/drawer.ts: job imports only job',
    'media/pixels.ts → steps/one/one.ts: media imports only media',
    'steps/one/one.ts → steps/two/two.worker.ts: a step never imports another step',
    `synth/engine.ts → worker/store.ts: ${synth}`,
    `synth/engine.ts → models/fetch.ts: ${synth}`,
    `synth/engine.ts → projects/project.ts: ${synth}`,
    'ui/Button.svelte → state/studio.svelte.ts: ui takes from state only types and the context',
    `ui/Button.svelte → steps/two/two.ts: ${ui}`,
    `ui/Kept.svelte → pipeline/pipeline.ts: ${ui}`,
    `ui/Kept.svelte → projects/project.ts: ${ui}`,
    `ui/Kept.svelte → steps/two/two.ts: ${ui}`,
    `ui/kept.ts → projects/project.ts: ${ui}`,
    'src/routes/bench/one/+page.svelte → steps/two/two.ts: a bench page uses state, ui, job, its own step and the one that opens files',
    `remote/link.ts → worker-server/jobs/queue.ts: ${remote}`,
    `remote/link.ts → worker-server/jobs/queue.ts: ${outside}`,
    `remote/link.ts → cli/main.ts: ${remote}`,
    `remote/link.ts → cli/main.ts: ${outside}`,
    'worker-server/engines/loud.ts → worker-server/jobs/queue.ts: engines know neither jobs nor links',
    'worker-server/shares/publish.ts → worker-server/jobs/queue.ts: links know nothing of jobs',
    'worker-server/shares/page/page.ts → ui/kept.ts: worker-server uses job, protocol, media and synth of src',
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
