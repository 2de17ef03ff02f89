import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { expectedSound, followRemote, sha256 } from '../../../fixtures/server/follow-remote.ts';
import { runTestServer } from '../../../fixtures/server/run-test-server.ts';
import { TickEngine } from '../../../fixtures/server/tick-engine.ts';

vi.setConfig({ testTimeout: 60_000 });

test('a run whose engine crashes is retried, and the client gets every byte once', async () => {
  const engine = new TickEngine({ blockMs: 2 });
  engine.crashesAfterBlocks = 50;
  await using server = await runTestServer({ engine });
  const spec = { seconds: 20, seed: 3 };
  const { sound, restarts } = await followRemote(server.port, spec);
  expect(sha256(sound)).toBe(sha256(expectedSound(spec)));
  expect(restarts).toBe(0);
  expect(engine.begun).toHaveLength(2);
});

/** A folder on a disk of so many bytes; null when this user may not mount one. */
function tinyDisk(bytes: number): ({ folder: string } & Disposable) | null {
  const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    [Symbol.dispose]() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

const probe = tinyDisk(1 << 20);
probe?.[Symbol.dispose]();
if (!probe) console.warn('The test of a full disk is skipped: this user may not mount a small one.');

test.skipIf(!probe)('a job that fills the disk fails with a message, and the next one succeeds', async () => {
  using disk = tinyDisk(3 << 20)!;
  await using server = await runTestServer({ dataFolder: disk.folder });
  const filler = join(disk.folder, 'filler');
  writeFileSync(filler, Buffer.alloc(1 << 20));
  const large = { seconds: 150, seed: 4 };
  await expect(followRemote(server.port, large)).rejects.toMatchObject({
    name: 'RemoteJobError',
    message: expect.stringMatching(/disk/i) as string,
  });
  rmSync(filler);
  const small = { seconds: 10, seed: 5 };
  const { sound } = await followRemote(server.port, small);
  expect(sha256(sound)).toBe(sha256(expectedSound(small)));
});
