import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Database } from '../../../../worker-server/jobs/store/database.ts';
import { migrate, MIGRATIONS } from '../../../../worker-server/jobs/store/migrations.ts';
import { temporaryFolder } from '../../../fixtures/worker-server/desk-visit.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

function versionOf(db: Database): number {
  return db.get<{ user_version: number }>('pragma user_version')!.user_version;
}

test('an empty file gets all tables; to migrate again changes nothing', () => {
  using folder = temporaryFolder();
  using db = new Database(join(folder.path, 'jobs.sqlite'));
  migrate(db);
  migrate(db);
  expect(versionOf(db)).toBe(MIGRATIONS.length);
  const tables = db.all<{ name: string }>(
    `select name from sqlite_schema where type = 'table' order by name`,
  );
  expect(tables.map(({ name }) => name)).toEqual(['durations', 'events', 'jobs', 'runs', 'sqlite_sequence']);
});

test('a later version keeps what is there, and takes only the steps that are missing', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'jobs.sqlite');
  {
    using db = new Database(path);
    migrate(db, MIGRATIONS.slice(0, 1));
    db.run(`insert into durations (bucket, ms) values ('test', 5)`);
  }
  using db = new Database(path);
  migrate(db, [
    ...MIGRATIONS.slice(0, 1),
    `alter table durations add column machine text not null default 'old'`,
  ]);
  expect(versionOf(db)).toBe(2);
  expect(db.all('select bucket, ms, machine from durations')).toEqual([
    { bucket: 'test', ms: 5, machine: 'old' },
  ]);
});

test('a step that fails is undone whole, and those before it stay', () => {
  using folder = temporaryFolder();
  using db = new Database(join(folder.path, 'jobs.sqlite'));
  expect(() => migrate(db, ['create table a (x)', 'create table b (x); create table a (x)'])).toThrow(
    /already exists/,
  );
  expect(versionOf(db)).toBe(1);
  expect(db.all('select name from sqlite_schema')).toEqual([{ name: 'a' }]);
});

test('a folder that a newer server made is left alone', () => {
  using folder = temporaryFolder();
  using db = new Database(join(folder.path, 'jobs.sqlite'));
  db.exec('pragma user_version = 99');
  expect(() => migrate(db)).toThrow(/A newer server made this data folder/);
});

test('commits outlive a rollback of what comes after, also when one transaction is a part of another', () => {
  using folder = temporaryFolder();
  using db = new Database(join(folder.path, 'jobs.sqlite'));
  db.exec('create table a (x)');
  db.transaction(() => db.run('insert into a values (1)'));
  const failing = () =>
    db.transaction(() => {
      db.transaction(() => db.run('insert into a values (2)'));
      throw new RangeError('No.');
    });
  expect(failing).toThrow('No.');
  expect(db.all('select x from a')).toEqual([{ x: 1 }]);
});
