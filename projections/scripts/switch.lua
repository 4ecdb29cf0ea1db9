-- Makes the generation that was being built the current one. Returns whether it did.
--
-- KEYS  what is being built, the marker.  ARGV  what it must still say.
--
-- Where Redis was flushed or set back meanwhile, what is built is not whole, and what it
-- says is not what its builder last wrote there.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[1])
return 1
