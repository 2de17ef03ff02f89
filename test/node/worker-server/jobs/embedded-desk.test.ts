import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { sha256 } from '../../../../worker-server/jobs/content-key.ts';
import { SynthEngine } from '../../../../worker-server/engines/synth.ts';
import { openDesk } from '../../../../worker-server/jobs/open-desk.ts';
import {
  allAudio,
  allEvents,
  eventOf,
  music,
  newJobId,
  temporaryFolder,
} from '../../../fixtures/worker-server/desk-visit.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const never = new AbortController().signal;

test('a job runs, is told of step by step, and gives its parts as WAV files with their digests', async () => {
  using folder = temporaryFolder();
  await using desk = openDesk({ dataFolder: folder.path, engines: [new TestEngine()] });
  const id = newJobId();
  const accepted = await desk.submit('a', id, music({ effects: 'rain', candidates: 2 }));
  expect(accepted).toMatchObject({ id, verb: 'generate' });
  const [events, bytes] = await Promise.all([allEvents(desk, id), allAudio(desk, id)]);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events[0]).toMatchObject({ t: 'accepted', position: 0 });
  const { result } = await eventOf(desk, id, 'done');
  expect(result.parts.map(({ kind, candidate }) => `${kind} ${candidate}`)).toEqual([
    'music 0',
    'music 1',
    'effects 0',
    'effects 1',
  ]);
  expect(result.bytes).toBe(4 * (44 + 16_000));
  expect(bytes.length).toBe(result.bytes);
  for (const part of result.parts) {
    const wav = bytes.subarray(part.offset, part.offset + part.bytes);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(4)).toBe(part.bytes - 8);
    expect(sha256(wav)).toBe(part.sha256);
  }
  expect(desk.state(id)).toMatchObject({ status: 'done', last: { t: 'done' } });
  expect(desk.stats()).toMatchObject({
    queued: 0,
    running: 0,
    doneTotal: 1,
    runsTotal: 1,
    cacheHitsTotal: 0,
  });
});

test('the whole path with the synthesiser: words in, two WAV files out, sample for sample as announced', async () => {
  using folder = temporaryFolder();
  await using engine = new SynthEngine();
  await using desk = openDesk({ dataFolder: folder.path, engines: [engine] });
  const id = newJobId();
  await desk.submit('a', id, music({ engine: 'synth', effects: 'heavy rain', seconds: 2.5 }));
  const bytes = await allAudio(desk, id);
  const { result } = await eventOf(desk, id, 'done');
  expect(result).toMatchObject({ engine: 'synth', isPreview: true, weights: [], seed: 1 });
  expect(result.parts.map(({ kind, bytes }) => [kind, bytes])).toEqual([
    ['music', 44 + 120_000 * 4],
    ['effects', 44 + 120_000 * 4],
  ]);
  expect(result.parts.map((part) => sha256(bytes.subarray(part.offset, part.offset + part.bytes)))).toEqual(
    result.parts.map(({ sha256 }) => sha256),
  );
  const samples = new Int16Array(new Uint8Array(bytes.subarray(44, result.parts[0]!.bytes)).buffer);
  expect(samples.some((sample) => sample > 1000)).toBe(true);
});

test('the takes that the engine ranks come best first in the result; the stream stays as it was made', async () => {
  using folder = temporaryFolder();
  const engines = [new TestEngine({ ranking: { music: [2, 0, 1] } })];
  await using desk = openDesk({ dataFolder: folder.path, engines });
  const id = newJobId();
  await desk.submit('a', id, music({ candidates: 3 }));
  const { result } = await eventOf(desk, id, 'done');
  expect(result.parts.map(({ candidate, index }) => [candidate, index])).toEqual([
    [2, 2],
    [0, 0],
    [1, 1],
  ]);
});

test('a question about a still is answered in text that grows, and the still is gone afterwards', async () => {
  using folder = temporaryFolder();
  await using desk = openDesk({ dataFolder: folder.path, engines: [new TestEngine()] });
  const id = newJobId();
  const spec = { engine: 'test', question: 'What is this?' };
  await desk.submit('a', id, { verb: 'describe', spec, still: new Uint8Array(100) });
  const events = await allEvents(desk, id);
  const text = events.find(({ t }) => t === 'text');
  expect(text).toMatchObject({ text: 'A' });
  expect(events.at(-1)).toMatchObject({
    t: 'done',
    result: { text: 'A still of 100 bytes.', parts: [], bytes: 0 },
  });
  expect(await allAudio(desk, id)).toHaveLength(0);
  expect(readdirSync(`${folder.path}/stills`)).toEqual([]);
});

test('the same id with the same request is the same job; with another request it is a conflict', async () => {
  using folder = temporaryFolder();
  const engine = new TestEngine();
  await using desk = openDesk({ dataFolder: folder.path, engines: [engine] });
  const id = newJobId();
  await desk.submit('a', id, music());
  await desk.submit('a', id, music());
  await allEvents(desk, id);
  expect(await desk.submit('b', id, music())).toMatchObject({ id, status: 'done' });
  expect(engine.runs).toHaveLength(1);
  await expect(desk.submit('a', id, music({ seed: 2 }))).rejects.toMatchObject({ name: 'JobConflictError' });
});

test('what there is not, or what an engine can not, is refused in a sentence', async () => {
  using folder = temporaryFolder();
  await using synth = new SynthEngine();
  await using desk = openDesk({ dataFolder: folder.path, engines: [synth] });
  await expect(desk.submit('a', newJobId(), music())).rejects.toThrow(
    'This server has no engine "test"; it has: synth.',
  );
  const spec = { engine: 'synth', question: 'What is this?' };
  await expect(
    desk.submit('a', newJobId(), { verb: 'describe', spec, still: new Uint8Array(1) }),
  ).rejects.toMatchObject({ name: 'EngineError', isRetryable: false });
  const unknown = newJobId();
  for (const ask of [
    () => desk.state(unknown),
    () => desk.events(unknown, 0, never),
    () => desk.audio(unknown, 0, never),
  ]) {
    expect(ask).toThrow(/no job with this id/);
  }
  await expect(desk.cancel(unknown)).rejects.toMatchObject({ name: 'JobUnknownError' });
});

test('a second desk in the same folder is refused', () => {
  using folder = temporaryFolder();
  const desk = openDesk({ dataFolder: folder.path, engines: [] });
  expect(() => openDesk({ dataFolder: folder.path, engines: [] })).toThrow(/Another server uses/);
  return desk[Symbol.asyncDispose]();
});

test('a folder that can not be used is said in a sentence', () => {
  const dataFolder = import.meta.filename;
  expect(() => openDesk({ dataFolder, engines: [] })).toThrow(/^The data folder .* can't be used: /);
});
