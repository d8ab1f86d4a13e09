local member = by_number(ARGV[2])
if not member then
  return 0
end
local whose, _, _, _, flags = parse(member)
if whose ~= who then
  return 0
end
if ARGV[3] == '1' then
  redis.call('HDEL', own, string.match(member, '^%x+'))
  remove(member, ARGV[2])
elseif flags < 4 then
  local asked, rest = string.match(member, '^(%x+ %S+) %d+ (.*)$')
  -- So that a server without memory lets it go on.
  redis.call('ZREM', line, '')
  replace(member, ARGV[2], asked .. ' ' .. (flags + 4) .. ' ' .. rest)
end
if redis.call('EXISTS', own) == 1 then
  redis.call('HDEL', own, 'attention')
  redis.call('HSET', own, 'attention', '1')
end
tell(who, 'c ' .. name)
return 1
