import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

// A busy machine takes its time to start a program.
vi.setConfig({ testTimeout: 60_000 });

const MAIN = join(import.meta.dirname, '../../../worker-server/main.ts');

const run = (args: string[], variables: Record<string, string> = {}) =>
  spawnSync(process.execPath, [MAIN, ...args], { env: { ...process.env, ...variables }, encoding: 'utf8' });

test('a wrong PORT ends the program with one sentence and exit code 1', () => {
  const { stderr, status } = run([], { PORT: 'abc' });
  expect(stderr).toBe('PORT must be a whole number from 0 to 65535.\n');
  expect(status).toBe(1);
});

test('--help tells the settings and ends well', () => {
  const { stdout, status } = run(['--help']);
  expect(stdout).toMatch(/--data-dir +DATA_DIR/);
  expect(status).toBe(0);
});

test('a flag that nobody knows ends the program with one sentence', () => {
  const { stderr, status } = run(['--prot', '3000']);
  expect(stderr).toBe("Unknown option '--prot': --help lists the flags.\n");
  expect(status).toBe(1);
});
