import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { openSqliteQueue } from '../../../../worker-server/jobs/open-sqlite-queue.ts';
import { allEvents, newJobId, temporaryFolder } from '../../../fixtures/worker-server/job-helpers.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';
import { createSqliteStorage } from '../../../fixtures/worker-server/contract/sqlite-storage.ts';
import { jobsContract } from '../../../fixtures/worker-server/contract/jobs.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 60_000 });

jobsContract(createSqliteStorage);

const never = new AbortController().signal;

test('a second queue in the same folder is refused', () => {
  using folder = temporaryFolder();
  const queue = openSqliteQueue({ dataFolder: folder.path, engines: [] });
  expect(() => openSqliteQueue({ dataFolder: folder.path, engines: [] })).toThrow(/Another server uses/);
  return queue[Symbol.asyncDispose]();
});

test('a data folder that can’t be used is reported', () => {
  const dataFolder = import.meta.filename;
  expect(() => openSqliteQueue({ dataFolder, engines: [] })).toThrow(/^The data folder .* can't be used: /);
});

test('a still is deleted once it is described', async () => {
  using folder = temporaryFolder();
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [new TestEngine()] });
  const id = newJobId();
  const spec = { engine: 'test', question: 'What is this?' };
  await queue.submit('a', id, { verb: 'describe', spec, still: new Uint8Array(100) });
  await allEvents(queue, id);
  expect(readdirSync(`${folder.path}/stills`)).toEqual([]);
});

test('following an unknown job throws at once', () => {
  using folder = temporaryFolder();
  const queue = openSqliteQueue({ dataFolder: folder.path, engines: [] });
  expect(() => queue.events(newJobId(), 0, never)).toThrow(/no job with this id/);
  expect(() => queue.audio(newJobId(), 0, never)).toThrow(/no job with this id/);
  return queue[Symbol.asyncDispose]();
});
