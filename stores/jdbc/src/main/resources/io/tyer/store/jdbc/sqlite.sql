-- read
SELECT version, nonce, floor, content FROM {table} WHERE name = ?;

-- read-each
SELECT name, version, nonce, floor, content FROM {table} WHERE name IN ({names});

-- insert
INSERT INTO {table} (name, version, nonce, changed, floor, content)
VALUES (?, 1, ?, CAST((unixepoch('subsec') - 1735689600) * 1000000 AS INTEGER), ?, ?)
ON CONFLICT DO NOTHING;

-- update
UPDATE {table} SET version = version + 1, nonce = ?, changed = CAST((unixepoch('subsec') - 1735689600) * 1000000 AS INTEGER), floor = ?, content = ?
WHERE name = ? AND version = ? AND nonce = ?;

-- remove
DELETE FROM {table} WHERE name = ? AND version = ? AND nonce = ?;

-- age
SELECT CAST((unixepoch('subsec') - 1735689600) * 1000000 AS INTEGER) - 1000 - changed FROM {table} WHERE name = ? AND version = ? AND nonce = ?;

-- page
SELECT name, version, nonce, floor, content FROM {table} WHERE name > ? ORDER BY name LIMIT ?;

-- high-water
SELECT MAX(CAST((unixepoch('subsec') - 1735689600) * 1000000 AS INTEGER), COALESCE(MAX(floor), 0)) FROM {prefix}_shared WHERE name = 'floor';

-- raise-floor
UPDATE {prefix}_shared
SET floor = MAX(floor, (SELECT COALESCE(MAX(floor), 0) FROM {prefix}_line))
WHERE name = 'floor';

-- sweep-lines
DELETE FROM {prefix}_line
WHERE content = '' AND changed < CAST((unixepoch('subsec') - 1735689600) * 1000000 AS INTEGER) - ?
  AND floor <= (SELECT floor FROM {prefix}_shared WHERE name = 'floor');

-- exists
SELECT name FROM {table} WHERE 1 = 0;

-- format
SELECT content FROM {prefix}_shared WHERE name = 'format';
