import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { openDesk } from '../../../../worker-server/jobs/open-desk.ts';
import { allEvents, newJobId, temporaryFolder } from '../../../fixtures/worker-server/desk-visit.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';
import { embeddedPlace } from '../../../fixtures/worker-server/contract/embedded-place.ts';
import { jobsContract } from '../../../fixtures/worker-server/contract/jobs.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

jobsContract(embeddedPlace);

const never = new AbortController().signal;

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

test('a still is gone from the disk once it was answered', async () => {
  using folder = temporaryFolder();
  await using desk = openDesk({ dataFolder: folder.path, engines: [new TestEngine()] });
  const id = newJobId();
  const spec = { engine: 'test', question: 'What is this?' };
  await desk.submit('a', id, { verb: 'describe', spec, still: new Uint8Array(100) });
  await allEvents(desk, id);
  expect(readdirSync(`${folder.path}/stills`)).toEqual([]);
});

test('whoever follows a job that there is not hears so at once', () => {
  using folder = temporaryFolder();
  const desk = openDesk({ dataFolder: folder.path, engines: [] });
  expect(() => desk.events(newJobId(), 0, never)).toThrow(/no job with this id/);
  expect(() => desk.audio(newJobId(), 0, never)).toThrow(/no job with this id/);
  return desk[Symbol.asyncDispose]();
});
