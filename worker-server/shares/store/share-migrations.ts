/** The tables of links: one SQL script per version. Released scripts are never changed. */
export const SHARE_MIGRATIONS: readonly string[] = [
  `create table shares (
     id text primary key,
     upload text not null unique,
     form text not null,
     delete_hash text not null,
     title text not null,
     details text not null,
     media_type text not null,
     media_bytes integer not null,
     has_poster integer not null,
     status text not null,
     created_at real not null,
     expires_at real not null,
     deleted_at real
   ) strict;
   create index shares_by_status on shares (status, expires_at);`,
  // Clients are stored as an HMAC with a secret salt, never as addresses.
  `create table uploads (
     id text primary key,
     client text not null,
     bytes integer not null,
     created_at real not null,
     is_open integer not null
   ) strict;
   create index uploads_by_client on uploads (client, created_at);
   create table salt (bytes blob not null) strict;
   insert into salt values (randomblob(16));`,
];
