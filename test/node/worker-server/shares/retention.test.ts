import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pino from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Database } from '../../../../worker-server/storage/database.ts';
import { migrate } from '../../../../worker-server/storage/migrations.ts';
import { openShares } from '../../../../worker-server/shares/open-shares.ts';
import { shareId } from '../../../../worker-server/shares/share-id.ts';
import { SHARE_MIGRATIONS } from '../../../../worker-server/shares/store/share-migrations.ts';
import { ShareTable, type Share } from '../../../../worker-server/shares/store/share-table.ts';
import { makeFilm } from '../../../fixtures/shares/make-film.ts';
import { ShareClient } from '../../../fixtures/shares/share-client.ts';
import { runTestServer } from '../../../fixtures/server/run-test-server.ts';
import { testSettings } from '../../../fixtures/server/test-settings.ts';

vi.setConfig({ testTimeout: 60_000 });

const DAY = 86_400_000;
const log = pino({ level: 'silent' });

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-shares-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function makeShare(change: Partial<Share> = {}): Share {
  return {
    ...{ id: shareId(), upload: shareId(), form: 'film', deleteHash: '0'.repeat(64), title: 'A title' },
    ...{ details: null, mediaType: 'video/mp4', mediaBytes: 3, hasPoster: false, status: 'live' },
    ...{ createdAt: 0, expiresAt: 10 * DAY },
    ...change,
  };
}

test('an id has 128 random bits in 22 letters and digits', () => {
  expect(shareId(new Uint8Array(16))).toBe('0'.repeat(22));
  expect(shareId(new Uint8Array(16).fill(255))).toBe('7n42DGM5Tflk9n8mt7Fhc7');
  expect(new Set(Array.from({ length: 1000 }, () => shareId())).size).toBe(1000);
});

test('an expired link is hidden at once, then its files and its content are deleted', async () => {
  const dataFolder = temporaryFolder();
  let now = DAY;
  using open = openShares(testSettings({ DATA_DIR: dataFolder }), log, () => now);
  const db = new Database(join(dataFolder, 'shares.sqlite'), { isShared: true });
  onTestFinished(() => db[Symbol.dispose]());
  const table = new ShareTable(db);
  const share = makeShare();
  table.insert(share);
  await open.service.blobs.put(`${share.id}.media`, new Uint8Array(3));
  expect(open.service.find(share.id)).toMatchObject({ title: 'A title' });
  now = 10 * DAY;
  expect(open.service.find(share.id)).toBe('gone');
  await open.retention.run(now);
  expect(readdirSync(join(dataFolder, 'shares'))).toEqual([]);
  expect(table.find(share.id)).toMatchObject({ status: 'gone', title: '', details: null, mediaBytes: 0 });
  now += 31 * DAY;
  await open.retention.run(now);
  expect(open.service.find(share.id)).toBeNull();
});

test('a deleted link can be restored with its secret', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const film = await makeFilm();
  const { id, secret } = await client.share(film);
  const with_ = { headers: { Authorization: `Bearer ${secret}` } };
  expect((await client.ask(`/s/${id}`, { method: 'DELETE', ...with_ })).status).toBe(204);
  expect((await client.ask(`/s/${id}`)).status).toBe(410);
  expect((await client.ask(`/s/${id}/restore`, { method: 'POST', ...with_ })).status).toBe(204);
  expect(await (await client.ask(`/s/${id}/media`)).bytes()).toEqual(film);
});

test('links that a crashed server was publishing are removed at the next start', async () => {
  const dataFolder = temporaryFolder();
  const settings = testSettings({ DATA_DIR: dataFolder });
  const share = makeShare({ status: 'arriving', expiresAt: Date.now() + DAY });
  {
    using open = openShares(settings, log);
    using db = new Database(join(dataFolder, 'shares.sqlite'), { isShared: true });
    new ShareTable(db).insert(share);
    await open.service.blobs.put(`${share.id}.media`, new Uint8Array(3));
  }
  using open = openShares(settings, log);
  await vi.waitFor(() => expect(readdirSync(join(dataFolder, 'shares'))).toEqual([]));
  expect(open.service.find(share.id)).toBeNull();
});

test('tables of the first version are migrated with their content, and newer ones are refused', () => {
  const path = join(temporaryFolder(), 'shares.sqlite');
  using db = new Database(path);
  migrate(db, SHARE_MIGRATIONS.slice(0, 1));
  const share = makeShare();
  new ShareTable(db).insert(share);
  migrate(db, SHARE_MIGRATIONS);
  expect(new ShareTable(db).find(share.id)).toEqual(share);
  expect(db.get<{ user_version: number }>('pragma user_version')).toEqual({
    user_version: SHARE_MIGRATIONS.length,
  });
  expect(() =>
    migrate(db, [...SHARE_MIGRATIONS, 'create table more (x) strict; create table more (x) strict']),
  ).toThrow();
  expect(db.get('select 1 from sqlite_master where name = ?', 'more')).toBeUndefined();
  expect(() => migrate(db, SHARE_MIGRATIONS.slice(0, 1))).toThrow(/newer server/);
});

test('a backup of a running server restores every link and its bytes in another folder', async () => {
  const [dataFolder, backup, other] = [
    temporaryFolder(),
    join(temporaryFolder(), 'backup'),
    temporaryFolder(),
  ];
  const film = await makeFilm();
  const run = async (verb: string, folder: string) =>
    promisify(execFile)(process.execPath, ['worker-server/backup.ts', verb, backup], {
      env: { ...process.env, DATA_DIR: folder },
    });
  await using server = await runTestServer({ dataFolder });
  const client = new ShareClient(server.url);
  const { id, secret } = await client.share(film);
  expect((await run('save', dataFolder)).stdout).toBe('1 link is saved.\n');
  await expect(run('save', dataFolder)).rejects.toThrow(/holds a backup already/);
  await client.ask(`/s/${id}`, { method: 'DELETE', headers: { Authorization: `Bearer ${secret}` } });
  expect((await run('restore', other)).stdout).toBe('1 link is restored.\n');
  await expect(run('restore', other)).rejects.toThrow(/has links already/);
  await using restored = await runTestServer({ dataFolder: other });
  const answer = await new ShareClient(restored.url).ask(`/s/${id}/media`);
  expect(await answer.bytes()).toEqual(film);
});
