-- The tables of Tyer's locks. Times are microseconds since 2025 by this database's clock.

-- A lock's line: its tickets in order, and the floor under the numbers of those that come.
CREATE TABLE IF NOT EXISTS {prefix}_line (
  name varbinary(1024) NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  nonce bigint NOT NULL,
  changed bigint NOT NULL,
  floor bigint NOT NULL,
  content longtext CHARACTER SET ascii NOT NULL
) ENGINE = InnoDB;

-- A client that is alive, and when it was last heard of.
CREATE TABLE IF NOT EXISTS {prefix}_session (
  name varbinary(1024) NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  nonce bigint NOT NULL,
  changed bigint NOT NULL,
  floor bigint NOT NULL,
  content longtext CHARACTER SET ascii NOT NULL
) ENGINE = InnoDB;

-- What all clients share: the format of these tables, when they were last swept.
CREATE TABLE IF NOT EXISTS {prefix}_shared (
  name varbinary(1024) NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  nonce bigint NOT NULL,
  changed bigint NOT NULL,
  floor bigint NOT NULL,
  content longtext CHARACTER SET ascii NOT NULL
) ENGINE = InnoDB;

INSERT IGNORE INTO {prefix}_shared (name, version, nonce, changed, floor, content)
VALUES ('format', 1, 0, 0, 0, '1'), ('floor', 1, 0, 0, 0, '');
