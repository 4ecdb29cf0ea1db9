-- Says of each list whether it holds a member, in one string of "1" and "0".
--
-- KEYS  the lists.  ARGV  the members, one for each list.
local held = {}
for place = 1, #KEYS do
  held[place] = redis.call('ZSCORE', KEYS[place], ARGV[place]) and '1' or '0'
end
return table.concat(held)
