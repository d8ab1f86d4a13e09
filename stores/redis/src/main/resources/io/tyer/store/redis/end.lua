-- KEYS and ARGV as in caller.lua, the field is any. Answers tickets as in tickets.lua.
redis.call('ZREM', sessions, '')
redis.call('ZADD', sessions, 0, who)
redis.call('HSET', own, 'deadline', 0)
