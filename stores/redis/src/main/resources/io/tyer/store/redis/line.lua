-- A line: tickets by number. Once it has held a shared ticket, a summary stands before them with score 0:
-- how many are exclusive, the weight of the others, the least and the largest capacity seen.
local UNBOUNDED = 2147483647

local function parse(member)
  local whose, flags, weight, capacity =
    string.match(member, '^%x+ (%S+) (%d+) (%d+) (%d+) ')
  flags = tonumber(flags)
  return whose, flags % 2 == 1, tonumber(weight), tonumber(capacity), flags
end

-- The most weight that may be ahead.
local function room(is_exclusive, weight, capacity)
  if is_exclusive then
    return 0
  elseif capacity == UNBOUNDED then
    return 2199023255551
  end
  return capacity - weight
end

local function summary_at(front)
  if front[2] ~= '0' then
    return nil
  end
  local x, w, least, most = string.match(front[1], '^H (%d+) (%d+) (%d+) (%d+)$')
  return {x = tonumber(x), w = tonumber(w), least = tonumber(least), most = tonumber(most)}
end

local function summary()
  return summary_at(redis.call('ZRANGE', line, 0, 0, 'WITHSCORES'))
end

local function summarize(s)
  redis.call('ZREMRANGEBYSCORE', line, 0, 0)
  redis.call('ZADD', line, 0, string.format('H %d %.0f %d %d', s.x, s.w, s.least, s.most))
end

local function tell(whose, message)
  redis.pcall('PUBLISH', base .. 'inbox:' .. whose, message)
end

-- Added before the old one is removed: a line must not be empty for a moment, since a key that is gone can not be
-- written while its slot moves to another node.
local function replace(member, score, by)
  if by ~= member then
    redis.call('ZADD', line, score, by)
    redis.call('ZREM', line, member)
  end
end

local function grant(member, score)
  local asked, whose, what, owner = string.match(member, '^(%x+) (%S+) (%d+ %d+ %d+) %d+ (.*)$')
  replace(member, score, asked .. ' ' .. whose .. ' ' .. what .. ' ' .. millis .. ' ' .. owner)
  tell(whose, 'g ' .. asked .. ' ' .. score .. ' ' .. name)
end

-- Grants what fits now and did not before, behind the number where so much weight has gone.
local function settle(s, changed, gone_x, gone_w)
  local x, w, start, granted = 0, 0, 1, {}
  while true do
    local part = redis.call('ZRANGE', line, start, start + 63, 'WITHSCORES')
    for i = 1, #part, 2 do
      local _, is_exclusive, weight, capacity = parse(part[i])
      if part[i + 1] + 0 > changed then
        local most = room(is_exclusive, weight, capacity)
        if x == 0 and w <= most and not (x + gone_x == 0 and w + gone_w <= most) then
          granted[#granted + 1] = part[i]
          granted[#granted + 1] = part[i + 1]
        end
      end
      if is_exclusive then
        x = 1
      else
        w = w + weight
      end
      if x > 0 or (s.most < UNBOUNDED and w > s.most) then
        start = nil
        break
      end
    end
    if not start or #part < 128 then
      break
    end
    start = start + 64
  end
  for i = 1, #granted, 2 do
    grant(granted[i], granted[i + 1])
  end
end

-- `front`: what has been read of the line's first two already, if anything.
local function remove(member, score, front)
  front = front or redis.call('ZRANGE', line, 0, 1, 'WITHSCORES')
  local s = summary_at(front)
  if not s then
    -- Exclusive tickets only: the first is granted, the others wait.
    redis.call('ZREM', line, member)
    if front[1] == member and front[3] then
      grant(front[3], front[4])
    end
    return
  end
  redis.call('ZREM', line, member)
  if redis.call('ZCARD', line) == 1 then
    redis.call('DEL', line)
    return
  end
  local _, is_exclusive, weight = parse(member)
  local waited = s.x > 0 or s.w > s.least
  local gone_x, gone_w = 0, weight
  if is_exclusive then
    gone_x, gone_w = 1, 0
  end
  s.x = s.x - gone_x
  s.w = s.w - gone_w
  if waited then
    settle(s, score + 0, gone_x, gone_w)
  end
  summarize(s)
end

local function by_number(number)
  return redis.call('ZRANGEBYSCORE', line, number, number)[1]
end
