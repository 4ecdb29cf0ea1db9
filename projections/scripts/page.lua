-- Returns the marker, and a stretch of each list, all of one instant.
--
-- KEYS  the marker, then the lists.
-- ARGV  for each list: from, to, whether to walk back ("1"), how many at most.
local found = { redis.call('GET', KEYS[1]) }
for list = 2, #KEYS do
  local arg = (list - 2) * 4
  local from, to, back, limit = ARGV[arg + 1], ARGV[arg + 2], ARGV[arg + 3], ARGV[arg + 4]
  if back == '1' then
    found[list] = redis.call('ZRANGE', KEYS[list], from, to, 'BYLEX', 'REV', 'LIMIT', 0, limit)
  else
    found[list] = redis.call('ZRANGE', KEYS[list], from, to, 'BYLEX', 'LIMIT', 0, limit)
  end
end
return found
