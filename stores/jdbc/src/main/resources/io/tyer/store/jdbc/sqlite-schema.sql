-- The tables of Tyer's locks. Times are microseconds since 2025 by this database's clock.

-- A lock's line: its tickets in order, and the floor under the numbers of those that come.
CREATE TABLE IF NOT EXISTS {prefix}_line (
  name text NOT NULL PRIMARY KEY,
  version integer NOT NULL,
  nonce integer NOT NULL,
  changed integer NOT NULL,
  floor integer NOT NULL,
  content text NOT NULL
) WITHOUT ROWID;

-- A client that is alive, and when it was last heard of.
CREATE TABLE IF NOT EXISTS {prefix}_session (
  name text NOT NULL PRIMARY KEY,
  version integer NOT NULL,
  nonce integer NOT NULL,
  changed integer NOT NULL,
  floor integer NOT NULL,
  content text NOT NULL
) WITHOUT ROWID;

-- What all clients share: the format of these tables, when they were last swept.
CREATE TABLE IF NOT EXISTS {prefix}_shared (
  name text NOT NULL PRIMARY KEY,
  version integer NOT NULL,
  nonce integer NOT NULL,
  changed integer NOT NULL,
  floor integer NOT NULL,
  content text NOT NULL
) WITHOUT ROWID;

INSERT INTO {prefix}_shared (name, version, nonce, changed, floor, content)
VALUES ('format', 1, 0, 0, 0, '1'), ('floor', 1, 0, 0, 0, '')
ON CONFLICT DO NOTHING;
