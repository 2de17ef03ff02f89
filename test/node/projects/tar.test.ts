import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArchiveError, makeTar, readTar } from '#lib/projects/tar.ts';

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => ({
  name,
  content: new Blob([content]),
});

describe('an archive', () => {
  test('returns the same files in the same order, whatever their sizes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.tuple(fc.stringMatching(/^[a-z0-9/-]{1,100}$/), fc.uint8Array({ maxLength: 2000 })),
          {
            selector: ([name]) => name,
            maxLength: 6,
          },
        ),
        async (files) => {
          const archive = makeTar(files.map(([name, bytes]) => file(name, new Uint8Array(bytes))));
          const read = await readTar(archive);
          expect(read.map(({ name }) => name)).toEqual(files.map(([name]) => name));
          expect(await Promise.all(read.map(({ content }) => bytesOf(content)))).toEqual(
            files.map(([, bytes]) => new Uint8Array(bytes)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is opened by the system's tar", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-tar-'));
    const path = join(folder, 'one.tar');
    const big = new Uint8Array(70_000).fill(7);
    writeFileSync(path, await bytesOf(makeTar([file('project.json', '{}'), file('blobs/big', big)])));
    execFileSync('tar', ['-xf', path, '-C', folder]);
    expect(readFileSync(join(folder, 'project.json'), 'utf8')).toBe('{}');
    expect(new Uint8Array(readFileSync(join(folder, 'blobs/big')))).toEqual(big);
    rmSync(folder, { recursive: true });
  });

  test('that is truncated anywhere is refused', async () => {
    const whole = makeTar([file('a', 'x'.repeat(700)), file('b', 'y')]);
    for (const at of [0, 100, 511, 512, 800, 1536, 2047, 2048, 2559])
      await expect(readTar(whole.slice(0, at)), `cut at ${at}`).rejects.toThrow(ArchiveError);
  });

  test('with one changed byte in a header is refused', async () => {
    const whole = await bytesOf(makeTar([file('a', 'hello')]));
    await fc.assert(
      fc.asyncProperty(fc.nat(344), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = whole.slice();
        changed[at] = changed[at]! ^ change;
        const names = await readTar(new Blob([changed])).then(
          (files) => files.map(({ name }) => name),
          (error: Error) => error.name,
        );
        // A changed checksum field may still read as the same number.
        expect(at >= 148 && at < 156 ? [['a'], 'ArchiveError'] : ['ArchiveError']).toContainEqual(names);
      }),
    );
  });

  test('with the same name twice, with a link in it, or of noise is refused', async () => {
    await expect(readTar(makeTar([file('a', '1'), file('a', '2')]))).rejects.toThrow('twice');
    const link = await bytesOf(makeTar([file('a', '')]));
    link[156] = '2'.charCodeAt(0);
    const sum = link.subarray(0, 512).reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0);
    link.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    await expect(readTar(new Blob([link]))).rejects.toThrow('no plain part');
    const noise = crypto.getRandomValues(new Uint8Array(4096));
    await expect(readTar(new Blob([noise]))).rejects.toThrow(ArchiveError);
  });

  test('refuses names that are not portable', () => {
    expect(() => makeTar([file('ä', '')])).toThrow(TypeError);
    expect(() => makeTar([file('a'.repeat(101), '')])).toThrow(TypeError);
    expect(() => makeTar([file('', '')])).toThrow(TypeError);
  });
});
