-- KEYS: the lock. ARGV: who asks, for how many milliseconds. Returns 1 if the lock was free, else 0.
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return 1
end
return 0
