-- The tables of Tyer's locks. Times are microseconds since 2025 by this database's clock.

-- A lock's line: its tickets in order, and the floor under the numbers of those that come.
CREATE TABLE IF NOT EXISTS {prefix}_line (
  name varchar(1024) NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  nonce bigint NOT NULL,
  changed bigint NOT NULL,
  floor bigint NOT NULL,
  content clob NOT NULL
);

-- A client that is alive, and when it was last heard of.
CREATE TABLE IF NOT EXISTS {prefix}_session (
  name varchar(1024) NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  nonce bigint NOT NULL,
  changed bigint NOT NULL,
  floor bigint NOT NULL,
  content clob NOT NULL
);

-- What all clients share: the format of these tables, when they were last swept.
CREATE TABLE IF NOT EXISTS {prefix}_shared (
  name varchar(1024) NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  nonce bigint NOT NULL,
  changed bigint NOT NULL,
  floor bigint NOT NULL,
  content clob NOT NULL
);

MERGE INTO {prefix}_shared t USING (VALUES ('format', '1'), ('floor', '')) AS s (name, content) ON t.name = s.name
WHEN NOT MATCHED THEN INSERT (name, version, nonce, changed, floor, content) VALUES (s.name, 1, 0, 0, 0, s.content);
