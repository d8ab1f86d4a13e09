-- read
SELECT version, nonce, floor, content FROM {table} WHERE name = ?;

-- read-each
SELECT name, version, nonce, floor, content FROM {table} WHERE name IN ({names});

-- insert
INSERT INTO {table} (name, version, nonce, changed, floor, content)
VALUES (?, 1, ?, (TIMESTAMPDIFF(MICROSECOND, '2025-01-01', UTC_TIMESTAMP(6))), ?, ?);

-- update
UPDATE {table} SET version = version + 1, nonce = ?, changed = (TIMESTAMPDIFF(MICROSECOND, '2025-01-01', UTC_TIMESTAMP(6))), floor = ?, content = ?
WHERE name = ? AND version = ? AND nonce = ?;

-- remove
DELETE FROM {table} WHERE name = ? AND version = ? AND nonce = ?;

-- age
SELECT (TIMESTAMPDIFF(MICROSECOND, '2025-01-01', UTC_TIMESTAMP(6))) - changed FROM {table} WHERE name = ? AND version = ? AND nonce = ?;

-- page
SELECT name, version, nonce, floor, content FROM {table} WHERE name > ? ORDER BY name LIMIT ?;

-- high-water
SELECT GREATEST((TIMESTAMPDIFF(MICROSECOND, '2025-01-01', UTC_TIMESTAMP(6))), COALESCE(MAX(floor), 0)) FROM {prefix}_shared WHERE name = 'floor';

-- raise-floor
UPDATE {prefix}_shared
SET floor = GREATEST(floor, (SELECT COALESCE(MAX(floor), 0) FROM {prefix}_line))
WHERE name = 'floor';

-- sweep-lines
DELETE FROM {prefix}_line
WHERE content = '' AND changed < (TIMESTAMPDIFF(MICROSECOND, '2025-01-01', UTC_TIMESTAMP(6))) - ?
  AND floor <= (SELECT floor FROM {prefix}_shared WHERE name = 'floor');

-- exists
SELECT name FROM {table} WHERE 1 = 0;

-- format
SELECT content FROM {prefix}_shared WHERE name = 'format';

-- lineage
SHOW GLOBAL VARIABLES WHERE Variable_name IN ('server_id', 'server_uuid', 'server_uid', 'hostname', 'port', 'read_only', 'super_read_only', 'innodb_read_only', 'wsrep_on', 'group_replication_group_name', 'group_replication_single_primary_mode');

-- lineage-written
SELECT content, version FROM {prefix}_shared WHERE name = 'lineage';

-- known-lineage
SELECT content, version FROM {prefix}_shared WHERE name = 'lineage' FOR UPDATE;

-- raise-all-floors
UPDATE {prefix}_shared
SET floor = GREATEST(floor, (SELECT COALESCE(MAX(floor), 0) FROM {prefix}_line), (TIMESTAMPDIFF(MICROSECOND, '2025-01-01', UTC_TIMESTAMP(6)))) + 60000000
WHERE name = 'floor';

-- raise-all-lines
UPDATE {prefix}_line
SET version = version + 1, floor = GREATEST(floor, (TIMESTAMPDIFF(MICROSECOND, '2025-01-01', UTC_TIMESTAMP(6)))) + 60000000;

-- note-lineage
INSERT INTO {prefix}_shared (name, version, nonce, changed, floor, content)
VALUES ('lineage', ?, 0, 0, 0, ?)
ON DUPLICATE KEY UPDATE version = VALUES(version), content = VALUES(content);
