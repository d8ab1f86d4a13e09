-- KEYS[1]: the hash. ARGV: the version that must stand, or nothing for none;
-- the version to write, or nothing to remove; the value.
local stands = redis.call('HGET', KEYS[1], 'version')
if not stands and redis.call('EXISTS', KEYS[1]) == 1 then
  return redis.error_reply('TYERFORMAT this key holds no versioned value')
end
if (stands or '') ~= ARGV[1] then
  return 0
end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'version', ARGV[2], 'previous', ARGV[1], 'content', ARGV[3])
end
return 1
