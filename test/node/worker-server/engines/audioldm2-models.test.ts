import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import { AudioLdm2Engine } from '../../../../worker-server/engines/audioldm2.ts';
import { readAudioLdm2Options, SCRIPT } from '../../../../worker-server/engines/audioldm2-options.ts';
import { EngineError } from '../../../../worker-server/engines/engine.ts';
import { ModelHub } from '../../../fixtures/audioldm2/model-hub.ts';

const run = promisify(execFile);
const FIXTURES = 'test/fixtures/audioldm2';
const UV = process.env['UV'] ?? 'uv';
const PYTHON = ['run', '--no-project', '--with-requirements', SCRIPT];
const SPEC = {
  engine: 'audioldm2',
  negative: 'hiss',
  seconds: 1.5,
  seed: 11,
  candidates: 1,
  steps: 4,
  guidance: 3.5,
};
const QUIET = { onProgress: () => undefined, signal: new AbortController().signal };

/** Tiny models are faster with one thread. */
const env = { ...process.env, OMP_NUM_THREADS: '1' };

function whySkipped(): string | null {
  if (!process.env['IMMERSIVAUDIO_TEST_TORCH'])
    return 'IMMERSIVAUDIO_TEST_TORCH=1 runs it, which installs PyTorch';
  try {
    execFileSync(UV, ['--version']);
    return null;
  } catch {
    return 'it needs uv: install it from docs.astral.sh/uv, or set UV to where it is';
  }
}
const skipped = whySkipped();
if (skipped) console.warn(`The Python side of the AudioLDM2 engine is not tested: ${skipped}.`);

const python = (...args: string[]) => run(UV, [...PYTHON, ...args], { env, maxBuffer: 2 ** 26 });

async function generate(engine: AudioLdm2Engine, changes: Partial<GenerateSpec>) {
  const parts = new Map<string, number[]>();
  const progress: string[] = [];
  const { ranking } = await engine.generate(
    { ...SPEC, ...changes },
    {
      signal: QUIET.signal,
      onProgress: (stage, step, of) => progress.push(`${stage} ${step} of ${of}`),
      onAudio: (kind, candidate, [samples]) => {
        const name = `${kind} ${candidate}`;
        parts.set(name, [...(parts.get(name) ?? []), ...samples!]);
        return Promise.resolve();
      },
    },
  );
  return { parts, progress, ranking };
}

const title = `the AudioLDM2 engine on tiny models${skipped ? ` (skipped: ${skipped})` : ''}`;
/** For slow machines. */
const PATIENCE = { timeout: 600_000 };
describe.skipIf(skipped !== null)(title, PATIENCE, () => {
  let folder: string;
  let engine: AudioLdm2Engine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audioldm2-models-'));
    await python(join(FIXTURES, 'make_tiny_models.py'), folder);
    const settings = {
      ...env,
      AUDIOLDM2_MODEL: join(folder, 'sound'),
      AUDIOLDM2_MUSIC_MODEL: join(folder, 'music'),
      DESCRIBER_MODEL: join(folder, 'describer'),
      AUDIOLDM2_DEVICE: 'cpu',
    };
    engine = new AudioLdm2Engine(readAudioLdm2Options(settings, () => undefined));
    await engine.start();
  }, 900_000);
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** The result of diffusers' own pipeline. */
  async function direct(model: string, prompt: string): Promise<Float32Array> {
    const file = join(folder, 'direct.f32');
    const request = JSON.stringify({ ...SPEC, prompt });
    await python(join(FIXTURES, 'direct_call.py'), join(folder, model), request, file);
    return new Float32Array(new Uint8Array(await readFile(file)).buffer);
  }

  it('is ready with the configured weights', () => {
    expect(engine.about()).toMatchObject({
      state: 'ready',
      sampleRate: 16_000,
      channels: 1,
      canDescribe: true,
    });
    expect(engine.about().weights.map(({ name }) => name)).toEqual(['sound', 'music', 'describer']);
  });

  it('generates the samples of a direct call of diffusers, bit for bit, music with its own model', async () => {
    const { parts, progress, ranking } = await generate(engine, {
      music: 'slow piano',
      effects: 'rain on a roof',
    });
    expect([...parts.keys()]).toEqual(['music 0', 'effects 0']);
    expect(ranking).toBeNull();
    expect(progress).toEqual([
      ...[1, 2, 3, 4].map((step) => `diffuse ${step} of 8`),
      'vocode 1 of 2',
      ...[5, 6, 7, 8].map((step) => `diffuse ${step} of 8`),
      'vocode 2 of 2',
    ]);
    for (const [kind, model, prompt] of [
      ['music 0', 'music', 'slow piano'],
      ['effects 0', 'sound', 'rain on a roof'],
    ] as const) {
      const wanted = await direct(model, prompt);
      expect(Math.max(...wanted)).toBeGreaterThan(0.01);
      expect(parts.get(kind)).toEqual([...wanted]);
    }
  });

  it('is deterministic for a seed, and ranks several candidates', async () => {
    const once = await generate(engine, { effects: 'rain', candidates: 3 });
    const again = await generate(engine, { effects: 'rain', candidates: 3 });
    expect([...again.parts]).toEqual([...once.parts]);
    expect(once.ranking?.effects?.toSorted()).toEqual([0, 1, 2]);
    expect(again.ranking).toEqual(once.ranking);
    const alone = await generate(engine, { effects: 'rain', seed: SPEC.seed + 1 });
    const [first, second] = [alone.parts.get('effects 0')!, once.parts.get('effects 1')!];
    expect(Math.max(...first.map((sample, index) => Math.abs(sample - second[index]!)))).toBeLessThan(1e-4);
  });

  it('generates a long part with the exact length', async () => {
    const { parts } = await generate(engine, { effects: 'sea', seconds: 12.345, steps: 2 });
    expect(parts.get('effects 0')).toHaveLength(Math.round(12.345 * 16_000));
  });

  it('stops within one step of an abort', async () => {
    const abort = new AbortController();
    const steps: number[] = [];
    const asked = engine.generate(
      { ...SPEC, effects: 'sea', seconds: 30, steps: 200 },
      {
        signal: abort.signal,
        onProgress: (_, step) => {
          steps.push(step);
          if (step === 3) abort.abort();
        },
        onAudio: () => Promise.resolve(),
      },
    );
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(steps).toEqual([1, 2, 3]);
    await generate(engine, { effects: 'sea', steps: 1 });
  });

  it('answers a question about a still with growing text', async () => {
    const still = await readFile('static/icon-192.png');
    const texts: string[] = [];
    const answer = await engine.describe({ engine: 'audioldm2', question: 'What is it?' }, still, {
      ...QUIET,
      onText: (text) => texts.push(text),
    });
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.at(-1)).toBe(answer);
    await expect(
      engine.describe({ engine: 'audioldm2', question: 'What is it?' }, Buffer.from('no picture'), {
        ...QUIET,
        onText: () => undefined,
      }),
    ).rejects.toThrow(EngineError);
  });

  it('reports why weights can’t be fetched', async () => {
    const offline = {
      ...env,
      HF_HUB_OFFLINE: '1',
      AUDIOLDM2_MODEL: 'nobody/nothing',
      DESCRIBER_MODEL: 'none',
    };
    await using other = new AudioLdm2Engine(readAudioLdm2Options(offline, () => undefined));
    await expect(other.start()).rejects.toThrow(
      'The weights of nobody/nothing are not here and could not be fetched.',
    );
    expect(other.about()).toMatchObject({ state: 'failed', canDescribe: false });
  });

  it('refuses weights of another model', async () => {
    const settings = { ...env, AUDIOLDM2_MODEL: join(folder, 'describer'), DESCRIBER_MODEL: 'none' };
    await using other = new AudioLdm2Engine(readAudioLdm2Options(settings, () => undefined));
    await expect(other.start()).rejects.toThrow('The weights of describer could not be loaded');
  });

  it('fetches weights at the pinned commit, neither pickles nor code, and then needs no network', async () => {
    const commit = 'c8e7e189d324425c05c4c2f81214041ef4107983';
    const model = join(folder, 'sound');
    for (const name of ['model.bin', 'model.py']) await writeFile(join(model, name), 'not wanted');
    await using hub = await ModelHub.open('cvssp/audioldm2', commit, model);
    const settings = (HF_ENDPOINT: string) => ({
      ...env,
      HF_ENDPOINT,
      HF_HOME: join(folder, 'cache'),
      DESCRIBER_MODEL: 'none',
    });
    for (const endpoint of [hub.url, 'http://127.0.0.1:9']) {
      await using other = new AudioLdm2Engine(readAudioLdm2Options(settings(endpoint), () => undefined));
      await other.start();
      expect(other.about().weights).toEqual([
        { name: 'cvssp/audioldm2', revision: commit, licence: 'CC-BY-NC-SA-4.0' },
      ]);
    }
    expect(hub.requests.join(' ')).toContain('unet/diffusion_pytorch_model.safetensors');
    expect(hub.requests.join(' ')).not.toMatch(/model\.(bin|py)/);
  });

  it('passes the tests of its Python code', async () => {
    const { stderr } = await python(join(FIXTURES, 'test_audioldm2.py'), folder);
    expect(stderr).toMatch(/Ran \d\d tests[^]*\nOK/);
  });
});
