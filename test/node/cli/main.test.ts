import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { runCli } from '../../fixtures/run-cli.ts';

// A busy machine takes its time to start a program.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
// Some file that exists: these runs end before a browser would be started.
const aBrowser = { CHROMIUM_PATH: process.execPath };

test('--help explains every option and ends well', async () => {
  const { code, out } = await runCli(['--help']);
  expect(code).toBe(0);
  for (const option of [
    '--output',
    '--music',
    '--balance',
    '--duration',
    '--seed',
    '--stems',
    '--json',
    '--mood',
    '--k',
    '--only',
    '--from',
  ]) {
    expect(out).toContain(option);
  }
});

test('serve takes the flags of the server, and lists them under its own name', async () => {
  const { code, out } = await runCli(['serve', '--help']);
  expect(code).toBe(0);
  expect(out).toMatch(/^Usage: immersivaudio serve \[flags\].* PORT=3001 immersivaudio serve$/m);
  expect(out).toContain('--data-dir');
  expect(await runCli(['serve', '--loud'])).toMatchObject({ code: 1, out: '' });
});

test('--version prints the version of the package', async () => {
  expect(await runCli(['--version'])).toEqual({ code: 0, out: `${packageJson.version}\n`, err: '' });
});

test('a command that is not understood ends with code 2 and a hint', async () => {
  const { code, out, err } = await runCli([]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe('Name at least one video or picture.\nSee immersivaudio --help.\n');
});

test('a step that there is not ends with code 2, and the steps are listed', async () => {
  const { code, err } = await runCli(['clip.mp4', '--only', 'sounds', '--json', '-']);
  expect(code).toBe(2);
  expect(err).toMatch(/^The steps are source, .*, film; "sounds" is none\.\nSee immersivaudio --help\.\n$/);
});

test('without a browser the program ends with code 3 and says so', async () => {
  const { code, err } = await runCli(['clip.mp4'], { CHROMIUM_PATH: '/no/such/browser' });
  expect(code).toBe(3);
  expect(err).toMatch(
    /^CHROMIUM_PATH names \/no\/such\/browser, but there is no such file: run "npx playwright-core@[\d.]+ install chromium" .*\n$/,
  );
});

test('files that are missing, empty or folders are each refused with a sentence and code 1', async () => {
  const empty = join(folder, 'empty.mp4');
  writeFileSync(empty, '');
  const { code, err } = await runCli(['/no/such/clip.mp4', empty, folder], aBrowser);
  expect(code).toBe(1);
  expect(err).toBe(
    [
      '✗ /no/such/clip.mp4: there is no such file.',
      `✗ ${empty}: this file is empty.`,
      `✗ ${folder}: this is not a file.`,
      '0 done, 3 failed.\n',
    ].join('\n'),
  );
});

test('a document that is missing is named beside the file that it goes with', async () => {
  const clip = join(folder, 'clip.mp4');
  writeFileSync(clip, 'x');
  const { code, err } = await runCli([clip, '--from', '/no/such/job.json'], aBrowser);
  expect({ code, err }).toEqual({
    code: 1,
    err: `✗ ${clip}: --from /no/such/job.json: there is no such file.\n`,
  });
});
