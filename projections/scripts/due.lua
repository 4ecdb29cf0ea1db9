-- Returns the marker, and what has been waiting for an instant that has come, of one instant.
--
-- KEYS  the marker, what waits for an instant.  ARGV  now, how many at most.
return {
  redis.call('GET', KEYS[1]),
  redis.call('ZRANGE', KEYS[2], '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2]),
}
