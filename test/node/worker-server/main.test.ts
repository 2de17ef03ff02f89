import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

// Slow machines need longer to start a program.
vi.setConfig({ testTimeout: 60_000 });

const MAIN = join(import.meta.dirname, '../../../worker-server/main.ts');

const run = (args: string[], variables: Record<string, string> = {}) =>
  spawnSync(process.execPath, [MAIN, ...args], { env: { ...process.env, ...variables }, encoding: 'utf8' });

test('an invalid PORT ends the program with a message and exit code 1', () => {
  const { stderr, status } = run([], { PORT: 'abc' });
  expect(stderr).toBe('PORT must be a whole number from 0 to 65535.\n');
  expect(status).toBe(1);
});

test('--help lists the settings and exits with 0', () => {
  const { stdout, status } = run(['--help']);
  expect(stdout).toMatch(/--data-dir +DATA_DIR/);
  expect(status).toBe(0);
});

test('an unknown flag ends the program with a message', () => {
  const { stderr, status } = run(['--prot', '3000']);
  expect(stderr).toBe("Unknown option '--prot': --help lists the flags.\n");
  expect(status).toBe(1);
});
