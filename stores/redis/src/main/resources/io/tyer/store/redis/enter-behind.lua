local weight, capacity, seen = string.match(ask, '^(%d+) (%d+) (%d+)$', 67)
weight, capacity, seen = tonumber(weight), tonumber(capacity), tonumber(seen)

local function take(least)
  local number, refusal = next_number(floor, run, math.max(least, seen))
  if number then
    local text = string.format('%.0f', number)
    redis.call('ZADD', line, text, request .. ' ' .. who .. ' ' .. flags .. ' ' .. weight .. ' '
      .. capacity .. ' ' .. millis .. ' ' .. ARGV[2])
    redis.call('HSET', own, request, text .. ' ' .. name)
  end
  return number, refusal
end

if known[2] then
  local again = standing(string.match(known[2], '^%d+'), false)
  if again ~= 0 then
    return again
  end
  -- It was removed by force, and asks again.
  redis.call('HDEL', own, request)
end

local most = room(exclusive, weight, capacity)
local s, count, free, blockers
while true do
  s = summary()
  local offset = s and 1 or 0
  count = there - offset
  if s then
    free = s.x == 0 and s.w <= most
  else
    free = count == 0
  end
  if free then
    break
  end
  blockers = blockers_up_to(offset, count - 1 + offset, exclusive, most)
  if sub(ask, 66, 66) ~= '1' then
    break
  end
  if not drop_dead(blockers) then
    return answer({3, count}, blockers)
  end
  there = redis.call('ZCARD', line)
end
if count >= 1048576 then
  return redis.error_reply('TYERFULL the line is full: it has 1048576 tickets')
end
local last = blockers
if free or not exclusive then
  last = redis.call('ZRANGE', line, -1, -1, 'WITHSCORES')
end
local number, refusal = take(tonumber(last[2] or 0))
if not number then
  return refusal
end
if s or not exclusive then
  s = s or {x = count, w = 0, least = capacity, most = capacity}
  if exclusive then
    s.x = s.x + 1
  else
    s.w = s.w + weight
    s.least = math.min(s.least, capacity)
    s.most = math.max(s.most, capacity)
  end
  summarize(s)
end
if free then
  return number
end
recall(count, blockers)
return answer({2, number, count}, blockers)
