-- KEYS: sessions, the caller's hash, line. ARGV: who, secret, request.
local line = KEYS[3]
local base = string.sub(sessions, 1, -9)
local name = string.sub(line, #base + 6)
if not known[2] then
  return 0
end
local number = string.match(known[2], '^%d+')
