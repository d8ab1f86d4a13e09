local format = redis.call('HGET', KEYS[3], 'format')
if format and format ~= '1' then
  return redis.error_reply('TYERFORMAT its format is not 1: ' .. string.sub(format, 1, 20))
end
local number, refusal = next_number(KEYS[3], ARGV[3], tonumber(ARGV[6]))
if not number then
  return refusal
end
redis.call('ZADD', sessions, millis + ARGV[4], who)
redis.call('HSET', own, 'key', redis.sha1hex(ARGV[2]), 'owner', ARGV[5], 'deadline', millis + ARGV[4])
return 1
