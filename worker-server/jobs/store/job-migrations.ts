/**
 * The tables of jobs: one SQL script per version. Released scripts are never changed, so two columns have older names than
 * the code: `jobs.turn` is the start tag, `runs.deaths` the number of crashes.
 */
export const JOB_MIGRATIONS: readonly string[] = [
  `create table runs (
     id integer primary key autoincrement,
     key text not null,
     engine text not null,
     bucket text not null,
     verb text not null,
     spec text not null,
     still text,
     status text not null,
     deaths integer not null default 0,
     parts text not null default '[]',
     result text,
     bytes integer not null default 0,
     started_at real,
     ended_at real,
     used_at real,
     uses integer not null default 0
   ) strict;
   create index runs_by_key on runs (key, status);
   create index runs_by_status on runs (status, engine);
   create index runs_by_use on runs (uses);
   create table jobs (
     ordinal integer primary key autoincrement,
     id text not null unique,
     client text not null,
     request text not null,
     run integer not null references runs (id),
     status text not null,
     turn integer not null default 0,
     last_seq integer not null default 0,
     created_at real not null,
     ended_at real
   ) strict;
   create index jobs_by_run on jobs (run, status);
   create index jobs_by_status on jobs (status, client);
   create table events (
     job integer not null references jobs (ordinal) on delete cascade,
     seq integer not null,
     t text not null,
     body text not null,
     primary key (job, seq)
   ) strict, without rowid;
   create table durations (
     id integer primary key autoincrement,
     bucket text not null,
     ms real not null
   ) strict;`,
];
