import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

// A busy machine takes its time to start a program.
vi.setConfig({ testTimeout: 60_000 });

const MAIN = join(import.meta.dirname, '../../../worker-server/main.ts');

test('a wrong PORT ends the program with one sentence and exit code 1', () => {
  const run = spawnSync(process.execPath, [MAIN], { env: { ...process.env, PORT: 'abc' }, encoding: 'utf8' });
  expect(run.stderr).toBe('PORT must be a whole number from 0 to 65535.\n');
  expect(run.status).toBe(1);
});
