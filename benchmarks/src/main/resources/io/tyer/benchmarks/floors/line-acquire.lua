-- KEYS: the line. ARGV: who asks. Returns 1 if the lock was free, else 0: then who asks stands in the line.
if redis.call('RPUSH', KEYS[1], ARGV[1]) == 1 then
  return 1
end
return 0
