-- KEYS: sessions, the caller's hash, line, floor.
-- ARGV: secret (16 bytes), request (32), run (16), flags, 1 if it is a try, "weight capacity least", all in one
-- since each argument costs; owner. The ticket's number must exceed `least`.
-- Answers a number if it is granted, -1 if the caller is dead, -2 if the secret is another's, or as standing.lua.
local call, sub = redis.call, string.sub
local sessions, own, line, floor, ask = KEYS[1], KEYS[2], KEYS[3], KEYS[4], ARGV[1]
local request = sub(ask, 17, 48)
local time = call('TIME')
local millis = time[1] * 1000 + math.floor(time[2] / 1000)
local known = call('HMGET', own, 'key', request, 'deadline')
if not known[1] or not known[3] or known[3] + 0 < millis then
  return -1
end
if known[1] ~= redis.sha1hex(sub(ask, 1, 16)) then
  return -2
end
local run, flags = sub(ask, 49, 64), sub(ask, 65, 65)
local who = sub(own, #sessions + 1)
local name = sub(line, #sessions - 2)
local exclusive = flags % 2 == 1

-- Nobody is there and nothing is wrong: in as few steps as can be.
local there = call('ZCARD', line)
if exclusive and not known[2] and there == 0 then
  local number = call('HINCRBY', floor, run, 1)
  if number > 1 and number < 2251799813685248 then
    local clock = time[1] * 1000000 + time[2] - 1735689600000000
    if clock > number then
      number = clock
    end
    local text = string.format('%.0f', number)
    if clock == number then
      call('HSET', floor, run, text)
    end
    call('ZADD', line, text, request .. ' ' .. who .. ' ' .. flags .. ' 1 1 ' .. millis .. ' ' .. ARGV[2])
    call('HSET', own, request, text .. ' ' .. name)
    return number
  end
  -- Not in this way: as if it had not been tried.
  if call('HINCRBY', floor, run, -1) == 0 then
    call('HDEL', floor, run)
  end
end
local base = sub(sessions, 1, -9)
