-- The next number: the clock's microseconds since 2025, but above every number given out before (S2).
-- The floor outlives lines: the largest number that each server process has given out, by its run id. Where there
-- is none of this one, numbers of another may have been lost, and a clock may have gone back: then the next one is
-- more than a day ahead of the clock, and above what the caller has seen (in `least`).
-- Answers the number, or nil and why there is none; then nothing was changed.
local function next_number(floor, run, least)
  local clock = time[1] * 1000000 + time[2] - 1735689600000000
  local number = redis.call('HINCRBY', floor, run, 1)
  local others, refusal
  if number > 1 then
    if number > clock and number > least and number < 2251799813685248 then
      return number
    end
    number = math.max(number, clock, least + 1)
  else
    others = redis.call('HGETALL', floor)
    local ahead = clock + 86400000000
    for i = 1, #others, 2 do
      if others[i] ~= run and others[i] ~= 'format' and others[i + 1] + 0 >= ahead then
        -- The clock has gone back since.
        ahead = others[i + 1] + 1000000
      end
    end
    number = math.max(1, least + 1, ahead)
  end
  if number > 2251799813685247 then
    if redis.call('HINCRBY', floor, run, -1) == 0 then
      redis.call('HDEL', floor, run)
    end
    return nil, redis.error_reply('TYERFULL there are no more numbers: the largest is 2251799813685247')
  end
  redis.call('HSET', floor, run, number, 'format', '1')
  for i = 1, #(others or {}), 2 do
    if others[i] ~= run and others[i] ~= 'format' then
      redis.call('HDEL', floor, others[i])
    end
  end
  return number
end
