import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { JOB_MIGRATIONS } from '../../../../worker-server/jobs/store/job-migrations.ts';
import { Database } from '../../../../worker-server/storage/database.ts';
import { migrate } from '../../../../worker-server/storage/migrations.ts';
import { temporaryFolder } from '../../../fixtures/worker-server/job-helpers.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 60_000 });

function versionOf(db: Database): number {
  return db.get<{ user_version: number }>('pragma user_version')!.user_version;
}

test('an empty database gets all tables, and migrating again changes nothing', () => {
  using folder = temporaryFolder();
  using db = new Database(join(folder.path, 'jobs.sqlite'));
  migrate(db, JOB_MIGRATIONS);
  migrate(db, JOB_MIGRATIONS);
  expect(versionOf(db)).toBe(JOB_MIGRATIONS.length);
  const tables = db.all<{ name: string }>(
    `select name from sqlite_schema where type = 'table' order by name`,
  );
  expect(tables.map(({ name }) => name)).toEqual(['durations', 'events', 'jobs', 'runs', 'sqlite_sequence']);
});

test('a newer version keeps the data and runs only the missing migrations', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'jobs.sqlite');
  {
    using db = new Database(path);
    migrate(db, JOB_MIGRATIONS.slice(0, 1));
    db.run(`insert into durations (bucket, ms) values ('test', 5)`);
  }
  using db = new Database(path);
  migrate(db, [
    ...JOB_MIGRATIONS.slice(0, 1),
    `alter table durations add column machine text not null default 'old'`,
  ]);
  expect(versionOf(db)).toBe(2);
  expect(db.all('select bucket, ms, machine from durations')).toEqual([
    { bucket: 'test', ms: 5, machine: 'old' },
  ]);
});

test('a migration that fails is rolled back, and those before it stay', () => {
  using folder = temporaryFolder();
  using db = new Database(join(folder.path, 'jobs.sqlite'));
  expect(() => migrate(db, ['create table a (x)', 'create table b (x); create table a (x)'])).toThrow(
    /already exists/,
  );
  expect(versionOf(db)).toBe(1);
  expect(db.all('select name from sqlite_schema')).toEqual([{ name: 'a' }]);
});

test('a database of a newer server is refused and left unchanged', () => {
  using folder = temporaryFolder();
  using db = new Database(join(folder.path, 'jobs.sqlite'));
  db.exec('pragma user_version = 99');
  expect(() => migrate(db, JOB_MIGRATIONS)).toThrow(/A newer server made this data folder/);
});

test('a nested transaction is rolled back with the outer one, and earlier commits stay', () => {
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
