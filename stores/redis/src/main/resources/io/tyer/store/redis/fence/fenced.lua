-- KEYS[1]: the largest token seen. ARGV[1]: the token. The script that is guarded gets the others.
-- Tokens are compared as decimal digits: numbers of this language end at 53 bits.
local seen = redis.call('GET', KEYS[1]) or '0'
if not string.find(seen, '^[0-9]+$') then
  return redis.error_reply('TYERFORMAT the key of the fence holds no token')
end
if #ARGV[1] < #seen or (#ARGV[1] == #seen and ARGV[1] < seen) then
  return redis.error_reply('TYERSTALE ' .. seen)
end
if ARGV[1] ~= seen then
  redis.call('SET', KEYS[1], ARGV[1])
end
local keys, values = {}, {}
for i = 2, #KEYS do keys[i - 1] = KEYS[i] end
for i = 2, #ARGV do values[i - 1] = ARGV[i] end
local function guarded(KEYS, ARGV)
