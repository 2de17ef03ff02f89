/**
 * Program that checks an installation of the GPU engine: `npm run worker:selftest`, or with `-- --tiny` on models of a few
 * kilobytes that need no download. Prints a line per check; the exit code is 0 only if all succeed.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AudioLdm2Engine } from './engines/audioldm2.ts';
import { readAudioLdm2Options, SCRIPT } from './engines/audioldm2-options.ts';

const run = promisify(execFile);
const MAKE_MODELS = join(import.meta.dirname, '../test/fixtures/audioldm2/make_tiny_models.py');
const SECONDS = 1;
const STEPS = 2;
/** A grey PNG of 4 × 4 pixels. */
const STILL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAAAAACMmsGiAAAADklEQVR4nGNoAAIGVAIAUBQIAXAlrj8AAAAASUVORK5CYII=',
  'base64',
);

const isTiny = process.argv.includes('--tiny');
const folder = isTiny ? await mkdtemp(join(tmpdir(), 'immersivaudio-selftest-')) : undefined;
try {
  await selftest();
  console.log('All is well.');
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  if (folder) await rm(folder, { recursive: true });
}

async function selftest(): Promise<void> {
  const variables = { ...process.env };
  const uv = variables['UV'] ?? 'uv';
  const { stdout } = await run(uv, ['--version']).catch(() => {
    throw new Error('uv was not found: install it from docs.astral.sh/uv, or set UV to where it is.');
  });
  report('uv', stdout.trim());
  const python = [uv, 'run', '--no-project', '--with-requirements', SCRIPT];
  const printed = 'import sys, torch; print(sys.version.split()[0], torch.__version__)';
  const versions = await runPython([...python, 'python', '-c', printed]);
  report('Python and PyTorch', versions);
  if (folder) {
    await runPython([...python, MAKE_MODELS, folder]);
    report('tiny models', folder);
    variables['AUDIOLDM2_MODEL'] = join(folder, 'sound');
    variables['AUDIOLDM2_MUSIC_MODEL'] = join(folder, 'music');
    variables['DESCRIBER_MODEL'] = join(folder, 'describer');
  }
  await using engine = new AudioLdm2Engine(
    readAudioLdm2Options(variables, ({ message, device, dtype, level }) => {
      if (message === 'ready') report('device', `${String(device)}, ${String(dtype)}`);
      if (level === 'error') console.error(`  ${message}`);
    }),
  );
  const timer = setInterval(() => {
    const { startedFraction = 1 } = engine.about();
    console.log(`  … ${Math.round(startedFraction * 100)} % fetched and loaded`);
  }, 5000);
  await engine.start().finally(() => clearInterval(timer));
  for (const { name, revision, licence } of engine.about().weights)
    report('weights', `${name} ${revision} (${licence})`);
  await checkSound(engine);
  if (engine.about().canDescribe) await checkDescription(engine);
}

async function checkSound(engine: AudioLdm2Engine): Promise<void> {
  const startedAt = performance.now();
  let samples = 0;
  let peak = 0;
  await engine.generate(
    {
      engine: 'audioldm2',
      effects: 'rain',
      negative: '',
      seconds: SECONDS,
      seed: 1,
      candidates: 1,
      steps: STEPS,
      guidance: 3.5,
    },
    {
      signal: AbortSignal.timeout(600_000),
      onProgress: () => undefined,
      onAudio: (_kind, _candidate, [chunk = new Float32Array()]) => {
        samples += chunk.length;
        peak = chunk.reduce((most, sample) => Math.max(most, Math.abs(sample)), peak);
        return Promise.resolve();
      },
    },
  );
  const wanted = SECONDS * engine.about().sampleRate;
  if (samples !== wanted) throw new Error(`${wanted} samples were wanted; ${samples} came.`);
  if (!(peak > 0)) throw new Error('Sound was wanted; silence came, or numbers that are none.');
  report('sound', `${SECONDS} s in ${STEPS} steps took ${since(startedAt)}, peak ${peak.toFixed(3)}`);
}

async function checkDescription(engine: AudioLdm2Engine): Promise<void> {
  const startedAt = performance.now();
  const text = await engine.describe({ engine: 'audioldm2', question: 'What is in this picture?' }, STILL, {
    signal: AbortSignal.timeout(600_000),
    onProgress: () => undefined,
    onText: () => undefined,
  });
  report('description', `${text.length} characters took ${since(startedAt)}`);
}

async function runPython([program = '', ...args]: string[]): Promise<string> {
  try {
    return (await run(program, args, { maxBuffer: 2 ** 26 })).stdout.trim();
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    const lines = stderr.trim().split('\n');
    const reason = lines.find((line) => /^error/i.test(line)) ?? lines.at(-1) ?? '';
    throw new Error(`Python and its packages could not be set up: ${reason}`, { cause: error });
  }
}

function report(what: string, found: string): void {
  console.log(`✓ ${what}: ${found}`);
}

function since(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
