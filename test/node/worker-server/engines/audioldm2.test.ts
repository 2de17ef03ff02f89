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

function listen(): SoundListener & {
  steps: number[];
  received: Map<number, Float32Array[]>;
  abort: AbortController;
} {
  const steps: number[] = [];
  const received = new Map<number, Float32Array[]>();
  const abort = new AbortController();
  return {
    steps,
    received,
    abort,
    signal: abort.signal,
    onProgress: (_, step) => void steps.push(step),
    onAudio: (_, candidate, [samples]) => {
      received.set(candidate, [...(received.get(candidate) ?? []), samples!]);
      return Promise.resolve();
    },
  };
}

const effects = (words: string): GenerateSpec => ({ ...SPEC, effects: words });
const startTimes = async () =>
  (await readFile(join(folder, 'starts'), 'utf8')).trim().split('\n').map(Number);

/** Each test starts processes, which is slow on a busy machine. */
const PATIENCE = { timeout: 60_000 };

describe('the AudioLDM2 engine with a scripted process', PATIENCE, () => {
  it('reports the progress of its start, then its weights', async () => {
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

  it('starts its process once, however often start() is called', async () => {
    await using engine = open();
    await Promise.all([engine.start(), engine.start()]);
    await engine.start();
    expect(await startTimes()).toHaveLength(1);
  });

  it('reports every step, all samples and the ranking', async () => {
    await using engine = open();
    await engine.start();
    const listener = listen();
    await expect(engine.generate(effects('rain'), listener)).resolves.toEqual({
      ranking: { effects: [1, 0] },
    });
    expect(listener.steps).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    for (const parts of listener.received.values()) {
      const samples = parts.flatMap((part) => [...part]);
      expect(samples).toHaveLength(32_000);
      expect(samples[16_000]).toBe(0.5);
    }
    expect([...listener.received.keys()]).toEqual([0, 1]);
  });

  it('sends the still unchanged and reports the growing text', async () => {
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

  it('rejects an aborted request with the signal’s reason, and accepts the next one', async () => {
    await using engine = open();
    await engine.start();
    const listener = listen();
    const reason = new DOMException('Enough.', 'AbortError');
    const onProgress = listener.onProgress;
    listener.onProgress = (stage, step, of) => {
      onProgress(stage, step, of);
      if (step === 5) listener.abort.abort(reason);
    };
    await expect(engine.generate(effects('rain'), listener)).rejects.toBe(reason);
    expect(listener.steps).toEqual([1, 2, 3, 4, 5]);
    await engine.generate(effects('rain'), listen());
    expect(await startTimes()).toHaveLength(1);
  });

  it('rejects a request whose signal is already aborted', async () => {
    await using engine = open();
    await engine.start();
    await expect(
      engine.generate(effects('rain'), { ...listen(), signal: AbortSignal.abort() }),
    ).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  it('kills and restarts a process that ignores a cancellation', async () => {
    await using engine = open({ cancelGraceMs: 50 });
    await engine.start();
    const listener = listen();
    const asked = engine.generate(effects('hang'), listener);
    listener.abort.abort();
    await expect(asked).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await engine.start();
    expect(engine.about().weights[0]?.name).toBe('weights of start 2');
    await engine.generate(effects('rain'), listen());
  });

  it('kills a process that sends no message for too long', async () => {
    await using engine = open({ maxSilenceMs: 100 });
    await engine.start();
    await expect(engine.generate(effects('hang'), listen())).rejects.toMatchObject({
      name: 'EngineError',
      isRetryable: true,
    });
  });

  it('rejects with a retryable error when the process crashes, and restarts it', async () => {
    await using engine = open();
    await engine.start();
    await expect(engine.generate(effects('crash'), listen())).rejects.toMatchObject({
      name: 'EngineError',
      isRetryable: true,
      message: expect.stringContaining('exit code 3') as string,
    });
    await vi.waitFor(() => expect(engine.about().state).toBe('ready'), { timeout: 30_000 });
    await engine.generate(effects('rain'), listen());
  });

  it('doubles the delay before each restart', async () => {
    await using engine = open({ firstBackOffMs: 200 });
    for (let crash = 0; crash < 3; crash++) {
      await engine.start();
      await expect(engine.generate(effects('crash'), listen())).rejects.toThrow();
    }
    await engine.start();
    const times = await startTimes();
    // At least: slow machines need longer.
    for (const [index, least] of [200, 400, 800].entries())
      expect(times[index + 1]! - times[index]!).toBeGreaterThanOrEqual(least);
  });

  it('rejects with the error of a request, and keeps running', async () => {
    await using engine = open();
    await engine.start();
    await expect(engine.generate(effects('fail'), listen())).rejects.toMatchObject({
      name: 'EngineError',
      isRetryable: false,
      message: 'The device has too little memory left for this.',
    });
    expect(engine.about().state).toBe('ready');
  });

  it('waits for the listener before it reads more', async () => {
    await using engine = open();
    await engine.start();
    const listener = listen();
    let isBusy = false;
    listener.onAudio = async (_, candidate) => {
      expect(isBusy).toBe(false);
      isBusy = true;
      await wait(5);
      isBusy = false;
      listener.received.set(candidate, []);
    };
    await engine.generate(effects('rain'), listener);
    expect(listener.received.size).toBe(2);
  });

  it('rejects with the error of a listener', async () => {
    await using engine = open();
    await engine.start();
    const listener = listen();
    listener.onAudio = () => Promise.reject(new Error('The disk is full.'));
    await expect(engine.generate(effects('rain'), listener)).rejects.toThrow('The disk is full.');
    await engine.generate(effects('rain'), listen());
  });

  it('handles one request at a time', async () => {
    await using engine = open();
    await expect(engine.generate(effects('rain'), listen())).rejects.toThrow('not ready');
    await engine.start();
    const first = engine.generate(effects('rain'), listen());
    await expect(engine.generate(effects('rain'), listen())).rejects.toThrow('at work');
    await first;
  });

  it('reports why it could not be started', async () => {
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

  it('logs no prompt, whatever a library writes', async () => {
    await using engine = open();
    await engine.start();
    await engine.generate(effects('secret rain'), listen());
    const logged = JSON.stringify(lines);
    expect(logged).toContain('installer');
    expect(logged).not.toContain('secret');
  });

  it('ends its process when disposed', async () => {
    const engine = open();
    await engine.start();
    const asked = engine.generate(effects('hang'), listen());
    const rejected = expect(asked).rejects.toThrow('stopped');
    await engine[Symbol.asyncDispose]();
    await rejected;
    await expect(engine.start()).rejects.toThrow('was stopped');
    expect(await startTimes()).toHaveLength(1);
  });
});
