-- KEYS: sessions, the new session's hash, floor, the line of no name. ARGV: who, its secret, run, TTL in ms, owner, a number that
-- every later one must exceed. Answers 1, or -3 if there is or was such a session.
local sessions, own, who = KEYS[1], KEYS[2], ARGV[1]
local time = redis.call('TIME')
local millis = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('ZSCORE', sessions, who) or redis.call('EXISTS', own) == 1 then
  return -3
end
