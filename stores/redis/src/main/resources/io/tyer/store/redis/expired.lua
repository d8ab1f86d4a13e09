-- Sessions whose time is over; and those live no longer than their TTL that were renewed by a clock that has
-- gone back since.
local function expired(limit)
  local last = redis.call('ZREVRANGE', sessions, 0, 0, 'WITHSCORES')
  if last[2] then
    local ttl = tonumber(string.match(last[1], '%d+$'))
    if last[2] + 0 > millis + ttl then
      redis.call('ZREM', sessions, '')
      redis.call('ZADD', sessions, millis + ttl, last[1])
    end
  end
  return redis.call('ZRANGEBYSCORE', sessions, '-inf', '(' .. millis, 'LIMIT', 0, limit)
end
