local found = standing(number, true)
if found == 0 then
  redis.call('HDEL', own, ARGV[3])
end
return found
