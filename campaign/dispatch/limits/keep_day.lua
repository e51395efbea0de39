-- A day's count as the beat keeps it: when Redis has forgotten it, what the database knew is added once.
-- KEYS: the count. ARGV: the day (days since 1970-01-01), what the database knows of it. Reply: the count.
local kept = redis.call('HMGET', KEYS[1], 'day', 'used', 'known')
local used, known = 0, false
if tonumber(kept[1] or '-1') == tonumber(ARGV[1]) then
  used, known = tonumber(kept[2]), kept[3]
end
if not known then
  used = used + tonumber(ARGV[2])
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'day', ARGV[1], 'used', used, 'known', 1)
  redis.call('EXPIRE', KEYS[1], 172800)
end
return used
