-- KEYS: the lock. ARGV: who asks. Returns 1 if the lock was theirs, else 0.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
