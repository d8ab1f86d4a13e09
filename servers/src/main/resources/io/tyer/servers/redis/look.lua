-- All that a node has, at one moment.
-- KEYS: none, so that it runs on any node of a cluster; what it reads lies on that node.
-- ARGV[1]: pattern of the keys; ARGV[2]: pattern of the channels.
-- Returns {keys, channels}: of each key its name, its type, and the members of a sorted set or the field 'owner'
-- of a hash.
local found = {}
for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
  local kind = redis.call('TYPE', key)['ok']
  local members = {}
  if kind == 'zset' then
    members = redis.call('ZRANGE', key, 0, -1)
  elseif kind == 'hash' then
    members = {redis.call('HGET', key, 'owner') or nil}
  end
  found[#found + 1] = {key, kind, members}
end
local channels = redis.call('PUBSUB', 'CHANNELS', ARGV[2])
-- Known since Redis 7.
local sharded = redis.pcall('PUBSUB', 'SHARDCHANNELS', ARGV[2])
if not sharded['err'] then
  for _, channel in ipairs(sharded) do
    channels[#channels + 1] = channel
  end
end
return {found, channels}
