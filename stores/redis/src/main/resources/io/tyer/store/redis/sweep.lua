-- KEYS: sessions. ARGV: how many to name at most.
local sessions = KEYS[1]
local time = redis.call('TIME')
local millis = time[1] * 1000 + math.floor(time[2] / 1000)
