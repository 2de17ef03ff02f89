import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('the example of the README writes a WAV of eight seconds that is not silent', { timeout: 120_000 }, () => {
  const readme = readFileSync('src/lib/synth/README.md', 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  const folder = mkdtempSync(join(tmpdir(), 'synth-readme-'));
  // Beside this file, so that `#lib` is found.
  const program = join(import.meta.dirname, `example-${process.pid}.ts`);
  try {
    writeFileSync(program, example);
    const { status, stderr } = spawnSync(process.execPath, [program], { cwd: folder, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const wav = readFileSync(join(folder, 'music.wav'));
    expect(wav.subarray(0, 4).toString()).toBe('RIFF');
    expect([wav.readUInt16LE(22), wav.readUInt32LE(24)]).toEqual([2, 48_000]);
    expect(wav.length).toBe(44 + 8 * 48_000 * 4);
    const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, 8 * 48_000 * 2);
    expect(samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0)).toBeGreaterThan(3000);
  } finally {
    rmSync(program, { force: true });
    rmSync(folder, { recursive: true });
  }
});
