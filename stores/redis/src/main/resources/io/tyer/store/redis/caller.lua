-- Who calls: a session that lives and proves itself.
-- KEYS: sessions, the caller's hash. ARGV: who, secret, a field of the hash.
-- Answers -1 if it is dead, -2 if the secret is another's; else goes on with `known`.
-- That somebody else has decided its death is not seen here but by its next beat: until then its tickets count no
-- more, and are dropped with it.
local call = redis.call
local sessions, own, who = KEYS[1], KEYS[2], ARGV[1]
local time = call('TIME')
local millis = time[1] * 1000 + math.floor(time[2] / 1000)
local known = call('HMGET', own, 'key', ARGV[3], 'deadline')
if not known[1] or not known[3] or known[3] + 0 < millis then
  return -1
end
if known[1] ~= redis.sha1hex(ARGV[2]) then
  return -2
end
