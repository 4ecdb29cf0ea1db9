-- Keeps views, each only where it is not older than the one that is there, and lists news.
--
-- KEYS  the owners of lists of events; what waits for an instant; then for each document its
--       view, the lists it is in, the lists it has left; then the lists of news, a long one
--       more than once.
-- ARGV  how many owners, and the owners; how many documents; for each its id, its value
--       (8 hexadecimal digits of version, then the body), in how many lists it is, how many
--       it has left, what stands for it among those that wait, and if that is not empty the
--       instant, negative where it waits no more; then for each list of news how many
--       members it gets, and those.
--
-- A list is entered before the view is written and left after it: for a moment it may hold
-- too much, never too little. A document as old as its view is told again on purpose.
local key, arg = 3, 2
for _ = 1, tonumber(ARGV[1]) do
  redis.call('SADD', KEYS[1], ARGV[arg])
  arg = arg + 1
end
local documents = tonumber(ARGV[arg])
arg = arg + 1
for _ = 1, documents do
  local view, id, value = KEYS[key], ARGV[arg], ARGV[arg + 1]
  local last_in = key + tonumber(ARGV[arg + 2])
  local last_left = last_in + tonumber(ARGV[arg + 3])
  local waiting, due_at = ARGV[arg + 4], nil
  if waiting ~= '' then
    due_at = tonumber(ARGV[arg + 5])
  end
  if redis.call('GETRANGE', view, 0, 7) <= string.sub(value, 1, 8) then
    for list = key + 1, last_in do
      redis.call('ZADD', KEYS[list], 0, id)
    end
    if due_at and due_at >= 0 then
      redis.call('ZADD', KEYS[2], due_at, waiting)
    end
    redis.call('SET', view, value)
    if due_at and due_at < 0 then
      redis.call('ZREM', KEYS[2], waiting)
    end
    for list = last_in + 1, last_left do
      redis.call('ZREM', KEYS[list], id)
    end
  end
  key, arg = last_left + 1, arg + (due_at and 6 or 5)
end
while arg <= #ARGV do
  local entries = {}
  local count = tonumber(ARGV[arg])
  for member = 1, count do
    entries[2 * member - 1] = '0'
    entries[2 * member] = ARGV[arg + member]
  end
  redis.call('ZADD', KEYS[key], unpack(entries))
  key, arg = key + 1, arg + count + 1
end
return redis.status_reply('OK')
