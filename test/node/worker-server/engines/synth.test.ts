import { expect, test, vi } from 'vitest';
import { renderStem } from '#lib/synth/render.ts';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import { EngineError } from '../../../../worker-server/engines/engine.ts';
import { planForWords, seedOfCandidate } from '../../../../worker-server/engines/plan-for-words.ts';
import { SynthEngine } from '../../../../worker-server/engines/synth.ts';
import { music } from '../../../fixtures/worker-server/job-helpers.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 60_000 });

const never = new AbortController().signal;

function spec(more: Partial<GenerateSpec>): GenerateSpec {
  const request = music({ engine: 'synth', ...more });
  if (request.verb !== 'generate') throw new TypeError('A generation was wanted.');
  return request.spec;
}

/** All samples of the engine, by part. */
async function listen(
  engine: SynthEngine,
  request: GenerateSpec,
  signal = never,
): Promise<Map<string, Float32Array[]>> {
  const parts = new Map<string, Float32Array[]>();
  await engine.generate(request, {
    signal,
    onProgress: () => {},
    onAudio: (kind, candidate, [left]) => {
      const name = `${kind} ${candidate}`;
      parts.set(name, [...(parts.get(name) ?? []), left!]);
      return Promise.resolve();
    },
  });
  return parts;
}

function joined(pieces: readonly Float32Array[] = []): number[] {
  return pieces.flatMap((piece) => [...piece]);
}

test('the thread renders the samples of the synthesiser, in chunks, with the exact length', async () => {
  await using engine = new SynthEngine();
  const request = spec({ music: 'calm piano', effects: 'rain', seconds: 1.7 });
  const parts = await listen(engine, request);
  expect([...parts.keys()]).toEqual(['music 0', 'effects 0']);
  for (const kind of ['music', 'effects'] as const) {
    const pieces = parts.get(`${kind} 0`)!;
    expect(pieces.length).toBeGreaterThan(2);
    const same = [...renderStem(planForWords(request, 0), kind)].flatMap(({ left }) => [...left]);
    expect(joined(pieces)).toEqual(same);
    expect(same.length).toBe(81_600);
    expect(Math.max(...same)).toBeGreaterThan(0.01);
  }
});

test('candidates differ, and the first one has the seed of the request', async () => {
  await using engine = new SynthEngine();
  const parts = await listen(engine, spec({ candidates: 2, seed: 7 }));
  expect(seedOfCandidate(7, 0)).toBe(7);
  expect(seedOfCandidate(0xffffffff, 3)).toBeLessThanOrEqual(0xffffffff);
  expect(joined(parts.get('music 0'))).not.toEqual(joined(parts.get('music 1')));
});

test('the mood is derived from the prompts', () => {
  const sad = planForWords(spec({ music: 'sad and lonely' }), 0).mood;
  const merry = planForWords(spec({ music: 'happy and joyful' }), 0).mood;
  expect(sad.valence).toBeLessThan(0);
  expect(merry.valence).toBeGreaterThan(0);
  expect(planForWords(spec({ music: 'xyz' }), 0).mood).toEqual({ valence: 0, arousal: 0 });
});

test('segments are scenes with their own words', () => {
  const segments = [
    { seconds: 6, effects: 'waves', fadeSeconds: 0 },
    { seconds: 6, effects: 'a crackling fire', fadeSeconds: 2 },
  ];
  const { layers } = planForWords(spec({ effects: 'wind', seconds: 12, segments }), 0);
  const at = (seconds: number) =>
    layers.filter((l) => l.startSeconds < seconds && l.endSeconds > seconds).map(({ recipe }) => recipe);
  expect(at(2)).toContain('sea');
  expect(at(2)).not.toContain('fire');
  expect(at(10)).toContain('fire');
  expect(at(10)).not.toContain('sea');
});

test('a slow listener holds the engine up: the next chunk waits for it', async () => {
  await using engine = new SynthEngine();
  let isBusy = false;
  let isOverrun = false;
  await engine.generate(spec({ seconds: 3 }), {
    signal: never,
    onProgress: () => {},
    onAudio: async () => {
      isOverrun ||= isBusy;
      isBusy = true;
      await new Promise((resolve) => setTimeout(resolve, 5));
      isBusy = false;
    },
  });
  expect(isOverrun).toBe(false);
});

test('an abort rejects at the next chunk with its reason, and later requests are unaffected', async () => {
  await using engine = new SynthEngine();
  const request = spec({ seconds: 1 });
  const before = await listen(engine, request);
  const controller = new AbortController();
  let pieces = 0;
  const run = engine.generate(spec({ seconds: 300 }), {
    signal: controller.signal,
    onProgress: () => {},
    onAudio: () => {
      if (++pieces === 3) controller.abort(new DOMException('Enough.', 'AbortError'));
      return Promise.resolve();
    },
  });
  await expect(run).rejects.toThrow('Enough.');
  expect(pieces).toBe(3);
  expect(joined((await listen(engine, request)).get('music 0'))).toEqual(joined(before.get('music 0')));
});

test('it refuses descriptions', async () => {
  await using engine = new SynthEngine();
  expect(engine.about()).toMatchObject({ isPreview: true, canDescribe: false, weights: [] });
  await expect(engine.describe()).rejects.toBeInstanceOf(EngineError);
});

test('rendering does not block the event loop', async () => {
  await using engine = new SynthEngine();
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await listen(engine, spec({ seconds: 20, music: 'big orchestra' }));
  clearInterval(timer);
  expect(turns).toBeGreaterThan(5);
});

test('a thread that ends during a run is a retryable error, and the next run gets a new thread', async () => {
  await using engine = new SynthEngine();
  const run = engine.generate(spec({ seconds: 60 }), {
    signal: never,
    onProgress: () => {},
    onAudio: () => engine[Symbol.asyncDispose](),
  });
  await expect(run).rejects.toMatchObject({ name: 'EngineError', isRetryable: true });
  expect(joined((await listen(engine, spec({}))).get('music 0')).length).toBe(48_000);
});
