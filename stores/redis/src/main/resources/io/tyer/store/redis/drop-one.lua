local member = by_number(ARGV[3])
if member and string.sub(member, 1, #request + #who + 1) == request .. ' ' .. who then
  remove(member, ARGV[3])
end
redis.call('HDEL', own, request)
return 1
