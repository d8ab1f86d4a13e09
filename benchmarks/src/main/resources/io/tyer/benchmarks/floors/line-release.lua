-- KEYS: the line. ARGV: who holds, what a client's channel begins with. Returns 1 if the lock was theirs, else 0.
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] then
  return 0
end
redis.call('LPOP', KEYS[1])
local next = redis.call('LINDEX', KEYS[1], 0)
if next then
  redis.call('PUBLISH', ARGV[2] .. string.match(next, '^%S+'), next)
end
return 1
