-- KEYS: sessions, the hash of a session that there is not, floor, the line of no name. ARGV: that session.
local sessions, own, who = KEYS[1], KEYS[2], ARGV[1]
local time = redis.call('TIME')
