-- Whether a session's tickets count no more; decides so if its time is over.
local function dead(whose)
  local until_then = redis.call('ZSCORE', sessions, whose)
  if not until_then then
    return true
  end
  until_then = until_then + 0
  if until_then < millis then
    if until_then > 0 then
      redis.call('ZREM', sessions, '')
      redis.call('ZADD', sessions, 0, whose)
      tell(whose, 'e')
    end
    return true
  end
  local ttl = tonumber(string.match(whose, '%d+$'))
  if until_then > millis + ttl then
    -- The clock has gone back: it lives for its TTL from now.
    redis.call('ZREM', sessions, '')
    redis.call('ZADD', sessions, millis + ttl, whose)
  end
  return false
end

-- What blocks a ticket behind the one at this index, first and last by index: for an exclusive one the
-- nearest; for a shared one the nearest exclusive or, without any, the fewest heaviest. At most 16 are named;
-- of 64 or more without an exclusive one among the nearest 64, the first.
local function blockers_up_to(first_index, last_index, is_exclusive, most)
  if is_exclusive then
    return redis.call('ZRANGE', line, last_index, last_index, 'WITHSCORES')
  end
  local from = math.max(first_index, last_index - 63)
  local part = redis.call('ZRANGE', line, from, last_index, 'WITHSCORES')
  local heaviest = {}
  for i = #part - 1, 1, -2 do
    local _, other, weight = parse(part[i])
    if other then
      return {part[i], part[i + 1]}
    end
    heaviest[#heaviest + 1] = {at = i, weight = weight}
  end
  if from > first_index then
    return redis.call('ZRANGE', line, first_index, first_index, 'WITHSCORES')
  end
  table.sort(heaviest, function(a, b)
    return a.weight > b.weight or (a.weight == b.weight and a.at > b.at)
  end)
  local w, chosen = 0, {}
  for _, one in ipairs(heaviest) do
    if w > most then
      break
    end
    w = w + one.weight
    chosen[#chosen + 1] = one.at
  end
  table.sort(chosen)
  local blockers = {}
  for i = 1, math.min(#chosen, 16) do
    blockers[#blockers + 1] = part[chosen[i]]
    blockers[#blockers + 1] = part[chosen[i] + 1]
  end
  return blockers
end

-- A ticket is read again before it goes: the one before it may have left its place to it, and so rewritten it.
local function drop_dead(blockers)
  local any = false
  for i = 1, #blockers, 2 do
    if dead((parse(blockers[i]))) then
      remove(by_number(blockers[i + 1]), blockers[i + 1])
      any = true
    end
  end
  return any
end

-- Who waits directly behind a ticket that may merely be kept asks for it.
local function recall(ahead, blockers)
  if ahead == 1 and #blockers == 2 then
    local whose, _, _, _, flags = parse(blockers[1])
    if flags % 4 == 3 and whose ~= who then
      tell(whose, 'r ' .. name)
    end
  end
end

local function answer(head, blockers)
  for i = 1, #blockers do
    head[#head + 1] = blockers[i]
  end
  return head
end

local function fits(index, offset, most)
  local w = 0
  while offset < index do
    local part = redis.call('ZRANGE', line, offset, math.min(offset + 63, index - 1))
    for i = 1, #part do
      local _, is_exclusive, weight = parse(part[i])
      w = w + weight
      if is_exclusive or w > most then
        return false
      end
    end
    offset = offset + 64
  end
  return true
end

-- How a ticket of the caller stands: {1, number, revoked, behind}, {2, number, ahead, blockers...}, or 0.
local function standing(number, dropping)
  while true do
    local member = by_number(number)
    if not member then
      return 0
    end
    local _, is_exclusive, weight, capacity, flags = parse(member)
    local s = summary()
    local offset = s and 1 or 0
    local index = redis.call('ZRANK', line, member)
    local ahead = index - offset
    local most = room(is_exclusive, weight, capacity)
    local granted = ahead == 0
    if not granted and s and not is_exclusive then
      granted = (s.x == 0 and s.w - weight <= most) or fits(index, offset, most)
    end
    if granted then
      return {1, tonumber(number), flags >= 4 and 1 or 0, redis.call('ZCARD', line) - index - 1}
    end
    local blockers = blockers_up_to(offset, index - 1, is_exclusive, most)
    if not (dropping and drop_dead(blockers)) then
      recall(ahead, blockers)
      return answer({2, tonumber(number), ahead}, blockers)
    end
  end
end
