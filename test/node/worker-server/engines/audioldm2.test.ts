import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import { AudioLdm2Engine } from '../../../../worker-server/engines/audioldm2.ts';
import { readAudioLdm2Options } from '../../../../worker-server/engines/audioldm2-options.ts';
import type { SoundListener } from '../../../../worker-server/engines/engine.ts';
import type { EngineLogLine } from '../../../../worker-server/engines/python-process.ts';

const SCRIPTED = resolve('test/fixtures/audioldm2/scripted-engine.ts');
const SPEC = {
  engine: 'audioldm2',
  negative: '',
  seconds: 2,
  seed: 1,
  candidates: 2,
  steps: 50,
  guidance: 3.5,
};

let folder: string;
let lines: EngineLogLine[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audioldm2-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true }));

function open(changes: Partial<ReturnType<typeof readAudioLdm2Options>> = {}): AudioLdm2Engine {
  const env = { ...process.env, STARTS: join(folder, 'starts') };
  return new AudioLdm2Engine({
    ...readAudioLdm2Options(env, (line) => lines.push(line)),
    command: [process.execPath, SCRIPTED],
    firstBackOffMs: 40,
    ...changes,
  });
}

function hear(): SoundListener & {
  steps: number[];
  heard: Map<number, Float32Array[]>;
  abort: AbortController;
} {
  const steps: number[] = [];
  const heard = new Map<number, Float32Array[]>();
  const abort = new AbortController();
  return {
    steps,
    heard,
    abort,
    signal: abort.signal,
    onProgress: (_, step) => void steps.push(step),
    onAudio: (_, candidate, [samples]) => {
      heard.set(candidate, [...(heard.get(candidate) ?? []), samples!]);
      return Promise.resolve();
    },
  };
}

const effects = (words: string): GenerateSpec => ({ ...SPEC, effects: words });
const startTimes = async () =>
  (await readFile(join(folder, 'starts'), 'utf8')).trim().split('\n').map(Number);

/** Each test starts processes, which take their time on a busy machine. */
const PATIENCE = { timeout: 60_000 };

describe('the AudioLDM2 engine over a process that speaks its frames', PATIENCE, () => {
  it('tells how far its start is, then what it runs', async () => {
    await using engine = open({ model: 'slow' });
    expect(engine.about()).toMatchObject({ state: 'starting', startedFraction: 0, canDescribe: true });
    const started = engine.start();
    await vi.waitFor(() => expect(engine.about().startedFraction).toBe(0.5), { timeout: 30_000 });
    await started;
    expect(engine.about()).toMatchObject({
      name: 'audioldm2',
      isPreview: false,
      state: 'ready',
      sampleRate: 16_000,
      weights: [{ name: 'weights of start 1', licence: 'MIT' }],
    });
  });

  it('starts once, however often it is asked to', async () => {
    await using engine = open();
    await Promise.all([engine.start(), engine.start()]);
    await engine.start();
    expect(await startTimes()).toHaveLength(1);
  });

  it('gives each step, all samples and the ranking', async () => {
    await using engine = open();
    await engine.start();
    const listener = hear();
    await expect(engine.generate(effects('rain'), listener)).resolves.toEqual({
      ranking: { effects: [1, 0] },
    });
    expect(listener.steps).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    for (const parts of listener.heard.values()) {
      const samples = parts.flatMap((part) => [...part]);
      expect(samples).toHaveLength(32_000);
      expect(samples[16_000]).toBe(0.5);
    }
    expect([...listener.heard.keys()]).toEqual([0, 1]);
  });

  it('sends the still as it is and tells the text as it grows', async () => {
    await using engine = open();
    await engine.start();
    const texts: string[] = [];
    const still = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
    const answer = await engine.describe({ engine: 'audioldm2', question: 'What is it?' }, still, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onText: (text) => texts.push(text),
    });
    const sum = still.reduce((total, byte) => total + byte, 0);
    expect(answer).toBe(`A dog. What is it? 1000 bytes, sum ${sum}`);
    expect(texts).toEqual(['A dog', answer]);
  });

  it('rejects an aborted request with the reason of its signal, and is free for the next', async () => {
    await using engine = open();
    await engine.start();
    const listener = hear();
    const reason = new DOMException('Enough.', 'AbortError');
    const told = listener.onProgress;
    listener.onProgress = (stage, step, of) => {
      told(stage, step, of);
      if (step === 5) listener.abort.abort(reason);
    };
    await expect(engine.generate(effects('rain'), listener)).rejects.toBe(reason);
    expect(listener.steps).toEqual([1, 2, 3, 4, 5]);
    await engine.generate(effects('rain'), hear());
    expect(await startTimes()).toHaveLength(1);
  });

  it('rejects a request whose signal was aborted before', async () => {
    await using engine = open();
    await engine.start();
    await expect(
      engine.generate(effects('rain'), { ...hear(), signal: AbortSignal.abort() }),
    ).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  it('ends a process that takes no notice of a cancellation, and starts it again', async () => {
    await using engine = open({ cancelGraceMs: 50 });
    await engine.start();
    const listener = hear();
    const asked = engine.generate(effects('hang'), listener);
    listener.abort.abort();
    await expect(asked).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await engine.start();
    expect(engine.about().weights[0]?.name).toBe('weights of start 2');
    await engine.generate(effects('rain'), hear());
  });

  it('ends a process that says nothing for too long', async () => {
    await using engine = open({ maxSilenceMs: 100 });
    await engine.start();
    await expect(engine.generate(effects('hang'), hear())).rejects.toMatchObject({
      name: 'EngineError',
      isRetryable: true,
    });
  });

  it('rejects with a retryable error when the process dies, and comes back by itself', async () => {
    await using engine = open();
    await engine.start();
    await expect(engine.generate(effects('die'), hear())).rejects.toMatchObject({
      name: 'EngineError',
      isRetryable: true,
      message: expect.stringContaining('exit code 3') as string,
    });
    await vi.waitFor(() => expect(engine.about().state).toBe('ready'), { timeout: 30_000 });
    await engine.generate(effects('rain'), hear());
  });

  it('waits twice as long before each restart', async () => {
    await using engine = open({ firstBackOffMs: 200 });
    for (let death = 0; death < 3; death++) {
      await engine.start();
      await expect(engine.generate(effects('die'), hear())).rejects.toThrow();
    }
    await engine.start();
    const times = await startTimes();
    // At least: a busy machine only makes it longer.
    for (const [index, least] of [200, 400, 800].entries())
      expect(times[index + 1]! - times[index]!).toBeGreaterThanOrEqual(least);
  });

  it('passes on what the engine refuses, and stays', async () => {
    await using engine = open();
    await engine.start();
    await expect(engine.generate(effects('fail'), hear())).rejects.toMatchObject({
      name: 'EngineError',
      isRetryable: false,
      message: 'The device has too little memory left for this.',
    });
    expect(engine.about().state).toBe('ready');
  });

  it('reads on only when the listener wants more', async () => {
    await using engine = open();
    await engine.start();
    const listener = hear();
    let isBusy = false;
    listener.onAudio = async (_, candidate) => {
      expect(isBusy).toBe(false);
      isBusy = true;
      await wait(5);
      isBusy = false;
      listener.heard.set(candidate, []);
    };
    await engine.generate(effects('rain'), listener);
    expect(listener.heard.size).toBe(2);
  });

  it('passes on the error of a listener', async () => {
    await using engine = open();
    await engine.start();
    const listener = hear();
    listener.onAudio = () => Promise.reject(new Error('The disk is full.'));
    await expect(engine.generate(effects('rain'), listener)).rejects.toThrow('The disk is full.');
    await engine.generate(effects('rain'), hear());
  });

  it('takes one request at a time', async () => {
    await using engine = open();
    await expect(engine.generate(effects('rain'), hear())).rejects.toThrow('not ready');
    await engine.start();
    const first = engine.generate(effects('rain'), hear());
    await expect(engine.generate(effects('rain'), hear())).rejects.toThrow('at work');
    await first;
  });

  it('tells in a sentence why it could not be started', async () => {
    for (const [changes, sentence] of [
      [{ model: 'refused' }, 'The weights of refused are not here.'],
      [{ model: 'broken' }, 'The engine could not be started (exit code 2): error: no such package'],
      [{ model: 'garbage' }, 'The engine could not be started (signal SIGKILL)'],
      [{ command: ['/nowhere/uv'] }, 'uv was not found'],
    ] as const) {
      await using engine = open({
        ...changes,
        command: [...('command' in changes ? changes.command : [process.execPath, SCRIPTED])],
      });
      await expect(engine.start(), sentence).rejects.toThrow(sentence);
      expect(engine.about().state).toBe('failed');
      expect(engine.about().detail).toContain(sentence);
    }
  });

  it('logs no words of a prompt, whatever a library writes', async () => {
    await using engine = open();
    await engine.start();
    await engine.generate(effects('secret rain'), hear());
    const logged = JSON.stringify(lines);
    expect(logged).toContain('installer');
    expect(logged).not.toContain('secret');
  });

  it('ends its process when it is disposed', async () => {
    const engine = open();
    await engine.start();
    const asked = engine.generate(effects('hang'), hear());
    const rejected = expect(asked).rejects.toThrow('stopped');
    await engine[Symbol.asyncDispose]();
    await rejected;
    await expect(engine.start()).rejects.toThrow('was stopped');
    expect(await startTimes()).toHaveLength(1);
  });
});
