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
