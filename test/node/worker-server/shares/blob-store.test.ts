import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BlobKey, BlobStore } from '../../../../worker-server/shares/store/blob-store.ts';
import { DiskStore } from '../../../../worker-server/shares/store/disk-store.ts';
import { S3Store } from '../../../../worker-server/shares/store/s3-store.ts';
import { makeFilm } from '../../../fixtures/shares/make-film.ts';
import { S3Double } from '../../../fixtures/shares/s3-double.ts';
import { ShareClient } from '../../../fixtures/shares/share-client.ts';
import { runTestServer } from '../../../fixtures/server/run-test-server.ts';

vi.setConfig({ testTimeout: 30_000 });

const SECRET = 'a-secret-for-this-test-only';
const KEY: BlobKey = `${'a'.repeat(22)}.media`;
const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-blobs-'));
let double: S3Double;
beforeAll(async () => (double = await S3Double.open(SECRET)));
afterAll(async () => {
  await double[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const s3 = (secretAccessKey: string) =>
  new S3Store({ endpoint: double.url, bucket: 'films', region: 'eu-1', accessKeyId: 'id', secretAccessKey });
const stores: Record<string, () => BlobStore> = {
  disk: () => new DiskStore(join(folder, 'disk')),
  S3: () => s3(SECRET),
};

describe.each(Object.entries(stores))('%s', (_, open) => {
  const read = async (range: { first: number; last: number } | null) => {
    const parts: Uint8Array[] = [];
    for await (const part of open().get(KEY, range, new AbortController().signal)) parts.push(part);
    return Buffer.concat(parts);
  };

  test('a file is moved into the store, read in whole and in ranges, and removed', async () => {
    const content = Buffer.from(Array.from({ length: 300_000 }, (_each, index) => index % 251));
    const path = join(folder, 'upload');
    writeFileSync(path, content);
    await open().putFile(KEY, path);
    expect(existsSync(path)).toBe(false);
    expect((await read(null)).equals(content)).toBe(true);
    expect((await read({ first: 1000, last: 1999 })).equals(content.subarray(1000, 2000))).toBe(true);
    await open().remove(KEY);
    await open().remove(KEY);
    await expect(read(null)).rejects.toThrow(/is gone/);
  });

  test('an invalid key is refused before it becomes part of a path or URL', async () => {
    for (const key of [
      '../../etc/passwd',
      'a.media',
      `${'a'.repeat(22)}.html`,
      `${'a'.repeat(22)}.media/..`,
    ]) {
      await expect(open().put(key as BlobKey, new Uint8Array(1))).rejects.toThrow(TypeError);
    }
  });
});

test('an S3 store with a wrong secret fails instead of losing files', async () => {
  const before = double.refused;
  await expect(s3('another-secret').put(KEY, new Uint8Array(3))).rejects.toThrow(/answered PUT .* with 403/);
  expect(double.refused).toBeGreaterThan(before);
});

test('a server with S3 settings stores links in S3 and serves ranges from there', async () => {
  await using server = await runTestServer({
    variables: {
      S3_ENDPOINT: double.url,
      S3_BUCKET: 'links',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: SECRET,
    },
  });
  const client = new ShareClient(server.url);
  const film = await makeFilm();
  const { id } = await client.share(film);
  expect(double.objects.get(`/links/shares/${id}.media`)?.equals(film)).toBe(true);
  const part = await client.ask(`/s/${id}/media`, { headers: { Range: 'bytes=-10' } });
  expect(await part.bytes()).toEqual(film.subarray(-10));
});
