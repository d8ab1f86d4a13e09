-- KEYS: one. ARGV: a command that reads, and what follows its key.
return redis.call(ARGV[1], KEYS[1], unpack(ARGV, 2))
