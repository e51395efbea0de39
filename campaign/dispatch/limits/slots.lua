-- Share what may be held at once among the lanes that ask. KEYS: holders by the end of their lease; what each
-- holds. ARGV: holder, how many in all (0: only leave), seconds of the lease, how many the holder uses now.
-- Reply: how many are its own. Who is told a smaller number has that many when it asks again; until then the
-- larger number counts. Who says what it uses is counted with that, while it is more than it was told.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local me, limit, lease = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]) * 1000
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  redis.call('ZREM', KEYS[1], dead)
  redis.call('HDEL', KEYS[2], dead, dead .. '|before')
end
if limit == 0 then
  redis.call('ZREM', KEYS[1], me)
  redis.call('HDEL', KEYS[2], me, me .. '|before')
  return 0
end
redis.call('ZADD', KEYS[1], now + lease, me)
local taken, holders = 0, redis.call('ZRANGE', KEYS[1], 0, -1)
for _, holder in ipairs(holders) do
  if holder ~= me then
    local held = redis.call('HMGET', KEYS[2], holder, holder .. '|before')
    taken = taken + math.max(tonumber(held[1] or '0'), tonumber(held[2] or '0'))
  end
end
local before = tonumber(ARGV[4] or redis.call('HGET', KEYS[2], me) or '0')
local share = math.max(1, math.floor(limit / #holders))
local mine = math.max(0, math.min(share, limit - taken))
redis.call('HSET', KEYS[2], me, mine, me .. '|before', before)
redis.call('PEXPIRE', KEYS[1], lease)
redis.call('PEXPIRE', KEYS[2], lease)
return mine
