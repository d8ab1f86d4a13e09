-- KEYS: sessions, a session's hash. ARGV: who. Answers 0 if it lives, else tickets as in tickets.lua.
local sessions, own, who = KEYS[1], KEYS[2], ARGV[1]
local time = redis.call('TIME')
local millis = time[1] * 1000 + math.floor(time[2] / 1000)
local deadline = redis.call('ZSCORE', sessions, who)
if deadline and deadline + 0 >= millis then
  return 0
end
if deadline and deadline ~= '0' then
  redis.call('ZREM', sessions, '')
  redis.call('ZADD', sessions, 0, who)
  if redis.call('EXISTS', own) == 1 then
    redis.call('HSET', own, 'deadline', 0)
  end
  redis.pcall('PUBLISH', string.sub(sessions, 1, -9) .. 'inbox:' .. who, 'e')
end
