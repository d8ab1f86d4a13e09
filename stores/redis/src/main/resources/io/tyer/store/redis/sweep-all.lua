return expired(tonumber(ARGV[1]))
