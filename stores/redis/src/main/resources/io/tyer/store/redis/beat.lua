-- ARGV[3]: 'attention'; ARGV[4]: TTL in ms. Answers 1 if something was done to its tickets, else 0; then
-- sessions to be buried.
local until_then = redis.call('ZSCORE', sessions, who)
if not until_then or until_then == '0' then
  return -1
end
redis.call('ZREM', sessions, '')
redis.call('ZADD', sessions, millis + ARGV[4], who)
redis.call('HSET', own, 'deadline', millis + ARGV[4])
local attention = 0
if known[2] then
  redis.call('HDEL', own, 'attention')
  attention = 1
end
local over = expired(10)
if not over[1] then
  return attention
end
table.insert(over, 1, attention)
return over
