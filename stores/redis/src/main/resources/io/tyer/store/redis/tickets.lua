-- Some of a dead session's tickets, request and "number name" by turns, to be dropped one by one; 1 when it
-- has none left and is forgotten.
local fields = redis.call('HRANDFIELD', own, 100, 'WITHVALUES')
local tickets = {}
for i = 1, #fields, 2 do
  if #fields[i] == 32 then
    tickets[#tickets + 1] = fields[i]
    tickets[#tickets + 1] = fields[i + 1]
  end
end
if not tickets[1] then
  redis.call('DEL', own)
  redis.call('ZREM', sessions, who)
  return 1
end
return tickets
