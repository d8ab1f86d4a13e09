local front = call('ZRANGE', line, 0, 1, 'WITHSCORES')
local member = front[1]
if front[2] ~= number then
  member = by_number(number)
end
if not member then
  return 0
end
remove(member, number, front)
return 1
