import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findEntry } from '#lib/job/job.ts';
import { readJob } from '#lib/job/migrate.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { installPackage, type InstalledPackage } from '../fixtures/install-package.ts';
import { hasJourneys, shortSample } from '../fixtures/journey.ts';
import { runCli } from '../fixtures/run-cli.ts';
import { resultOf, runJob } from '../fixtures/server/api-client.ts';

/** The app is built before it is packed, which takes time on a busy machine. */
const MINUTES = 60_000;

describe.skipIf(!hasJourneys())('the package, away from the repository', () => {
  let installed: InstalledPackage;
  beforeAll(async () => {
    installed = await installPackage();
  }, 5 * MINUTES);
  afterAll(() => installed[Symbol.dispose]());

  const run = (...words: string[]) => runCli(words, {}, installed.cli);

  test(
    'has no sources, of weights only the detector of the app, and says what it can do',
    { timeout: MINUTES },
    async () => {
      const files = readdirSync(join(installed.folder, 'node_modules', packageJson.name), {
        recursive: true,
        encoding: 'utf8',
      });
      expect(files.filter((file) => /\.(ts|svelte|gz)$/.test(file))).toEqual([]);
      expect(files.filter((file) => file.endsWith('.onnx'))).toEqual([
        'dist/build/models/coco-ssd/ssdlite-mobilenet-v2.onnx',
      ]);
      expect(files).toContain('dist/build/models/coco-ssd/licence.txt');
      expect((await run('--version')).out).toBe(`${packageJson.version}\n`);
      expect((await run('--help')).out).toContain('Usage: immersivaudio <file>');
    },
  );

  test('makes a film of a clip, and goes on from its document', { timeout: 5 * MINUTES }, async () => {
    const clip = join(installed.folder, 'clip.mp4');
    const json = join(installed.folder, 'job.json');
    copyFileSync(shortSample(), clip);
    const whole = await run(clip, '--json', json);
    expect(whole, whole.err).toMatchObject({ code: 0 });
    expect(existsSync(whole.out.trim())).toBe(true);
    const prompt = await run('--from', json, '--only', 'prompt', '--prompt', 'A waltz.', '--json', json);
    expect(prompt, prompt.err).toMatchObject({ code: 0, out: `${json}\n` });
    const job = await readJob(JSON.parse(readFileSync(json, 'utf8')));
    expect(findEntry(job, 'prompt')!.output.used.music).toBe('A waltz.');
  });

  test('serves the app, pages of links and sound of the synthesiser', { timeout: 2 * MINUTES }, async () => {
    const dataFolder = join(installed.folder, 'data');
    const server = spawn(
      process.execPath,
      [installed.cli, 'serve', '--port', '0', '--data-dir', dataFolder, '--engine', 'synth'],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LOG_LEVEL: 'warn' } },
    );
    try {
      const [line] = (await Promise.race([once(server.stdout, 'data'), once(server, 'exit')])) as [Buffer];
      const url = /http:\S+/.exec(String(line))![0];
      expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: 'ok' });
      const page = await fetch(url, { headers: { 'Accept-Encoding': 'br' } });
      expect(page.headers.get('content-encoding')).toBe('br');
      expect(await page.text()).toContain('<title>Immersivaudio');
      expect((await fetch(`${url}/s/page.css`)).status).toBe(200);
      const { events } = await runJob(`${url}/api/v1`, {
        engine: 'synth',
        effects: 'rain',
        seconds: 1,
        seed: 1,
      });
      expect(resultOf(events)).toMatchObject({ engine: 'synth', parts: [{ kind: 'effects' }] });
    } finally {
      if (server.exitCode === null && server.kill('SIGTERM')) await once(server, 'exit');
    }
  });
});
