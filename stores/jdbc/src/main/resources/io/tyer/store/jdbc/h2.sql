-- read
SELECT version, nonce, floor, content FROM {table} WHERE name = ?;

-- read-each
SELECT name, version, nonce, floor, content FROM {table} WHERE name IN ({names});

-- insert
INSERT INTO {table} (name, version, nonce, changed, floor, content)
VALUES (?, 1, ?, CAST((EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) - 1735689600) * 1000000 AS BIGINT), ?, ?);

-- update
UPDATE {table} SET version = version + 1, nonce = ?, changed = CAST((EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) - 1735689600) * 1000000 AS BIGINT), floor = ?, content = ?
WHERE name = ? AND version = ? AND nonce = ?;

-- remove
DELETE FROM {table} WHERE name = ? AND version = ? AND nonce = ?;

-- age
SELECT CAST((EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) - 1735689600) * 1000000 AS BIGINT) - changed FROM {table} WHERE name = ? AND version = ? AND nonce = ?;

-- page
SELECT name, version, nonce, floor, content FROM {table} WHERE name > ? ORDER BY name LIMIT ?;

-- high-water
SELECT GREATEST(CAST((EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) - 1735689600) * 1000000 AS BIGINT), COALESCE(MAX(floor), 0)) FROM {prefix}_shared WHERE name = 'floor';

-- raise-floor
UPDATE {prefix}_shared
SET floor = GREATEST(floor, (SELECT COALESCE(MAX(floor), 0) FROM {prefix}_line))
WHERE name = 'floor';

-- sweep-lines
DELETE FROM {prefix}_line
WHERE content = '' AND changed < CAST((EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) - 1735689600) * 1000000 AS BIGINT) - ?
  AND floor <= (SELECT floor FROM {prefix}_shared WHERE name = 'floor');

-- exists
SELECT name FROM {table} WHERE 1 = 0;

-- format
SELECT content FROM {prefix}_shared WHERE name = 'format';
