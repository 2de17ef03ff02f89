import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
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

test('a job runs, is told of step by step, and gives its parts as WAV files with their digests', async () => {
  using folder = temporaryFolder();
  await using desk = openDesk({ dataFolder: folder.path, engines: [new TestEngine()] });
  const id = newJobId();
  const request = music({ effects: 'rain', candidates: 2 });
  const accepted = await desk.submit('a', id, request);
  expect(accepted).toMatchObject({ id, verb: 'generate' });
  const [events, bytes] = await Promise.all([allEvents(desk, id), allAudio(desk, id)]);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events[0]).toMatchObject({ t: 'accepted', position: 0 });
  const done = await eventOf(desk, id, 'done');
  expect(done.result.parts.map(({ kind, candidate }) => `${kind} ${candidate}`)).toEqual([
    'music 0',
    'music 1',
    'effects 0',
    'effects 1',
  ]);
  expect(done.result.bytes).toBe(4 * (44 + 16_000));
  expect(bytes.length).toBe(done.result.bytes);
  for (const part of done.result.parts) {
    const wav = bytes.subarray(part.offset, part.offset + part.bytes);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(createHash('sha256').update(wav).digest('hex')).toBe(part.sha256);
  }
  expect(desk.stats()).toMatchObject({ queued: 0, running: 0, doneTotal: 1, runsTotal: 1 });
});
