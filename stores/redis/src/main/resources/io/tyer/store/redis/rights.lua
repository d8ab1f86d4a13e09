-- KEYS[4]: the line of no name. Tries every command that scripts use, so that a right which is missing is told
-- here, and not in the middle of something. Leaves nothing.
for _, command in ipairs({
  -- First one that a server without memory refuses; those that leave something are last.
  {'ZADD', sessions, 'XX', 0, ''},
  {'ZREM', sessions, ''},
  {'ZSCORE', sessions, ''},
  {'ZREVRANGE', sessions, 0, 0},
  {'ZRANGE', KEYS[4], 0, 0},
  {'ZRANGEBYSCORE', KEYS[4], 0, 0},
  {'ZREMRANGEBYSCORE', KEYS[4], 0, 0},
  {'ZRANK', KEYS[4], ''},
  {'ZCARD', KEYS[4]},
  {'HGET', KEYS[3], 'format'},
  {'HGETALL', own},
  {'HMGET', own, 'key'},
  {'HRANDFIELD', own, 1},
  {'HDEL', own, 'key'},
  {'EXISTS', own},
  {'DEL', own},
  {'PUBLISH', string.sub(sessions, 1, -9) .. 'inbox:' .. who, 'o'},
  {'HINCRBY', own, 'deadline', 0},
  {'HSET', own, 'key', ''},
}) do
  local found = redis.pcall(unpack(command))
  if type(found) == 'table' and found.err then
    redis.pcall('DEL', own)
    if string.find(found.err, 'user executing the script', 1, true) or string.find(found.err, 'ACL', 1, true) then
      return redis.error_reply('NOPERM ' .. command[1] .. ': ' .. found.err)
    end
    return found
  end
end
redis.call('DEL', own)
