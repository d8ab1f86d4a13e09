-- KEYS: the caller's hash, line. ARGV: secret (16 bytes) and request (32). Answers 1, or 0 without such a ticket;
-- -1 if the caller is dead, -2 if the secret is another's.
-- Needs no clock but to tell others since when they hold.
local call, sub = redis.call, string.sub
local own, line, ask = KEYS[1], KEYS[2], ARGV[1]
local request = sub(ask, 17, 48)
local known = call('HMGET', own, 'key', request)
if not known[1] then
  return -1
end
if known[1] ~= redis.sha1hex(sub(ask, 1, 16)) then
  return -2
end
if not known[2] then
  return 0
end
local number = string.match(known[2], '^%d+')
if call('ZCARD', line) == 1 then
  call('HDEL', own, request)
  return call('ZREMRANGEBYSCORE', line, number, number)
end
call('HDEL', own, request)
local time = call('TIME')
local millis = time[1] * 1000 + math.floor(time[2] / 1000)
local base = string.match(own, '^.*}:')
local name = sub(line, #base + 6)
