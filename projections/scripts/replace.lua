-- Sets a key to a new value where it still has the old one. Returns whether it did.
--
-- KEYS  the key.  ARGV  the old value, the new value.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
