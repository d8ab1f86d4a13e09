-- ARGV[4], ARGV[5]: weight and capacity of the shared ticket that an exclusive one becomes, in place.
local member = by_number(number)
if not member then
  return 0
end
local weight, capacity = tonumber(ARGV[4]), tonumber(ARGV[5])
local _, was_exclusive, now_weighs, now_capacity, flags = parse(member)
if not was_exclusive then
  if now_weighs ~= weight or now_capacity ~= capacity then
    return redis.error_reply('TYERSTATE the ticket is shared already, with another weight or capacity')
  end
  local found = standing(number, false)
  if found[1] ~= 1 then
    return redis.error_reply('TYERSTATE the ticket waits: only a granted one can weaken')
  end
  return found
end
local s = summary()
if redis.call('ZRANK', line, member) > (s and 1 or 0) then
  return redis.error_reply('TYERSTATE the ticket waits: only a granted one can weaken')
end
s = s or {x = redis.call('ZCARD', line), w = 0, least = capacity, most = capacity}
s.x = s.x - 1
s.w = s.w + weight
s.least = math.min(s.least, capacity)
s.most = math.max(s.most, capacity)
local asked, rest = string.match(member, '^(%x+ %S+) %d+ %d+ %d+ (.*)$')
-- So that a server without memory lets it go on.
redis.call('ZREM', line, '')
replace(member, number, asked .. ' ' .. (flags - 1) .. ' ' .. weight .. ' ' .. capacity .. ' ' .. rest)
summarize(s)
settle(s, number + 0, 1, -weight)
return standing(number, false)
