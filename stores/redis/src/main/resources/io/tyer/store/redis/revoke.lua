-- KEYS: sessions, the hash of the ticket's session, line. ARGV: that session, the ticket's number, 1 to remove it
-- at once. Answers how many tickets were marked or removed.
local sessions, own, line, who = KEYS[1], KEYS[2], KEYS[3], ARGV[1]
local base = string.sub(sessions, 1, -9)
local name = string.sub(line, #base + 6)
local time = redis.call('TIME')
local millis = time[1] * 1000 + math.floor(time[2] / 1000)
