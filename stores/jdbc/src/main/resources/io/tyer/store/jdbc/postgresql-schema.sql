-- The tables of Tyer's locks. Times are microseconds since 2025 by this database's clock.

-- A lock's line: its tickets in order, and the floor under the numbers of those that come.
CREATE TABLE IF NOT EXISTS {prefix}_line (
  name text COLLATE "C" NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  nonce bigint NOT NULL,
  changed bigint NOT NULL,
  floor bigint NOT NULL,
  content text NOT NULL
);

-- A client that is alive, and when it was last heard of.
CREATE TABLE IF NOT EXISTS {prefix}_session (
  name text COLLATE "C" NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  nonce bigint NOT NULL,
  changed bigint NOT NULL,
  floor bigint NOT NULL,
  content text NOT NULL
);

-- What all clients share: the format of these tables, when they were last swept.
CREATE TABLE IF NOT EXISTS {prefix}_shared (
  name text COLLATE "C" NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  nonce bigint NOT NULL,
  changed bigint NOT NULL,
  floor bigint NOT NULL,
  content text NOT NULL
);

INSERT INTO {prefix}_shared (name, version, nonce, changed, floor, content)
VALUES ('format', 1, 0, 0, 0, '1'), ('floor', 1, 0, 0, 0, '')
ON CONFLICT DO NOTHING;
