-- KEYS: sessions, a dead session's hash, line. ARGV: who, request, number. Answers 1, or 0 if it lives.
local sessions, own, line, who, request = KEYS[1], KEYS[2], KEYS[3], ARGV[1], ARGV[2]
local base = string.sub(sessions, 1, -9)
local name = string.sub(line, #base + 6)
local time = redis.call('TIME')
local millis = time[1] * 1000 + math.floor(time[2] / 1000)
local deadline = redis.call('ZSCORE', sessions, who)
if deadline and deadline + 0 >= millis then
  return 0
end
