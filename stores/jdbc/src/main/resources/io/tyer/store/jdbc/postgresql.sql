-- read
SELECT version, nonce, floor, content FROM {table} WHERE name = ?;

-- read-each
SELECT name, version, nonce, floor, content FROM {table} WHERE name IN ({names});

-- insert
INSERT INTO {table} (name, version, nonce, changed, floor, content)
VALUES (?, 1, ?, ((EXTRACT(EPOCH FROM clock_timestamp()) - 1735689600) * 1000000)::bigint, ?, ?)
ON CONFLICT DO NOTHING;

-- update
UPDATE {table} SET version = version + 1, nonce = ?, changed = ((EXTRACT(EPOCH FROM clock_timestamp()) - 1735689600) * 1000000)::bigint, floor = ?, content = ?
WHERE name = ? AND version = ? AND nonce = ?;

-- update-loosely
UPDATE {table} SET version = version + 1, nonce = ?, changed = ((EXTRACT(EPOCH FROM clock_timestamp()) - 1735689600) * 1000000)::bigint, floor = ?, content = ?
WHERE name = ? AND version = ? AND nonce = ? AND set_config('synchronous_commit', 'off', true) = 'off'
RETURNING (SELECT COUNT(pg_notify(channel, payload)) FROM UNNEST(?::text[], ?::text[]) AS hint (channel, payload));

-- update-together
WITH wanted AS MATERIALIZED (
  SELECT * FROM UNNEST(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[]) AS given (name, version, nonce, next, floor, content)
), free AS MATERIALIZED (
  SELECT wanted.* FROM wanted JOIN {table} AS line ON line.name = wanted.name AND line.version = wanted.version AND line.nonce = wanted.nonce
  FOR UPDATE OF line SKIP LOCKED
)
UPDATE {table} AS line SET version = line.version + 1, nonce = free.next, changed = ((EXTRACT(EPOCH FROM clock_timestamp()) - 1735689600) * 1000000)::bigint, floor = free.floor, content = free.content
FROM free WHERE line.name = free.name
RETURNING line.nonce;

-- update-together-loosely
WITH unflushed AS MATERIALIZED (
  SELECT set_config('synchronous_commit', 'off', true) AS setting
), wanted AS MATERIALIZED (
  SELECT given.* FROM unflushed, UNNEST(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[]) AS given (name, version, nonce, next, floor, content)
  WHERE unflushed.setting = 'off'
), free AS MATERIALIZED (
  SELECT wanted.* FROM wanted JOIN {table} AS line ON line.name = wanted.name AND line.version = wanted.version AND line.nonce = wanted.nonce
  FOR UPDATE OF line SKIP LOCKED
)
UPDATE {table} AS line SET version = line.version + 1, nonce = free.next, changed = ((EXTRACT(EPOCH FROM clock_timestamp()) - 1735689600) * 1000000)::bigint, floor = free.floor, content = free.content
FROM free WHERE line.name = free.name
RETURNING line.nonce;

-- make-last
SELECT pg_logical_emit_message(true, 'tyer', '');

-- remove
DELETE FROM {table} WHERE name = ? AND version = ? AND nonce = ?;

-- age
SELECT ((EXTRACT(EPOCH FROM clock_timestamp()) - 1735689600) * 1000000)::bigint - changed FROM {table} WHERE name = ? AND version = ? AND nonce = ?;

-- page
SELECT name, version, nonce, floor, content FROM {table} WHERE name > ? ORDER BY name LIMIT ?;

-- high-water
SELECT GREATEST(((EXTRACT(EPOCH FROM clock_timestamp()) - 1735689600) * 1000000)::bigint, COALESCE(MAX(floor), 0)) FROM {prefix}_shared WHERE name = 'floor';

-- raise-floor
UPDATE {prefix}_shared
SET floor = GREATEST(floor, (SELECT COALESCE(MAX(floor), 0) FROM {prefix}_line))
WHERE name = 'floor';

-- sweep-lines
DELETE FROM {prefix}_line
WHERE content = '' AND changed < ((EXTRACT(EPOCH FROM clock_timestamp()) - 1735689600) * 1000000)::bigint - ?
  AND floor <= (SELECT floor FROM {prefix}_shared WHERE name = 'floor');

-- exists
SELECT name FROM {table} WHERE 1 = 0;

-- format
SELECT content FROM {prefix}_shared WHERE name = 'format';

-- notify
SELECT pg_notify(?, ?);

-- lineage
SELECT system_identifier || '/' || SUBSTR(pg_walfile_name(pg_current_wal_lsn()), 1, 8) FROM pg_control_system();

-- lineage-written
SELECT content, version FROM {prefix}_shared WHERE name = 'lineage';

-- known-lineage
SELECT content, version FROM {prefix}_shared WHERE name = 'lineage' FOR UPDATE;

-- raise-all-floors
UPDATE {prefix}_shared
SET floor = GREATEST(floor, (SELECT COALESCE(MAX(floor), 0) FROM {prefix}_line), ((EXTRACT(EPOCH FROM clock_timestamp()) - 1735689600) * 1000000)::bigint) + 60000000
WHERE name = 'floor';

-- raise-all-lines
UPDATE {prefix}_line
SET version = version + 1, floor = GREATEST(floor, ((EXTRACT(EPOCH FROM clock_timestamp()) - 1735689600) * 1000000)::bigint) + 60000000;

-- note-lineage
INSERT INTO {prefix}_shared (name, version, nonce, changed, floor, content)
VALUES ('lineage', ?, 0, 0, 0, ?)
ON CONFLICT (name) DO UPDATE SET version = EXCLUDED.version, content = EXCLUDED.content;
