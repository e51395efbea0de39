-- Share what may be held at once among the lanes that ask. KEYS: holders by the end of their lease; what each
-- holds. ARGV: holder, how many in all (0: only leave), milliseconds of the lease, of a turn, and of the silence
-- after which who waits is not counted on; how many the holder uses now, if it says so.
-- Reply: how many are its own. Who is told a smaller number has that many when it asks again; until then the
-- larger number counts. Who says what it uses is counted with that, while it is more than it was told.
-- Where there are fewer than holders, those who say what they use take turns: whoever has had one for a turn
-- while others wait goes behind them, and what is free is for those who have waited longest.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local me, limit, lease = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local turn, silence, used = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local function forget(holder)
  redis.call('ZREM', KEYS[1], holder)
  redis.call('HDEL', KEYS[2], holder, holder .. '|before', holder .. '|since', holder .. '|waits')
end
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  forget(dead)
end
if limit == 0 then
  forget(me)
  if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('DEL', KEYS[2]) end
  return 0
end
redis.call('ZADD', KEYS[1], now + lease, me)

local mine = redis.call('HMGET', KEYS[2], me, me .. '|since', me .. '|waits')
local had, since = tonumber(mine[1] or '0'), tonumber(mine[2] or now)
local place = mine[3] and tonumber(mine[3]) or math.huge -- in the queue
local taken, waiting, ahead = 0, 0, 0
local holders = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #holders, 2 do
  local holder, asked = holders[i], tonumber(holders[i + 1]) - lease
  if holder ~= me then
    local held = redis.call('HMGET', KEYS[2], holder, holder .. '|before', holder .. '|waits')
    taken = taken + math.max(tonumber(held[1] or '0'), tonumber(held[2] or '0'))
    if held[3] and asked > now - silence then
      waiting = waiting + 1
      if tonumber(held[3]) < place then ahead = ahead + 1 end
    end
  end
end

local share = math.max(1, math.floor(limit / (#holders / 2)))
local free = limit - taken
if used and limit < #holders / 2 then
  if had == 0 then
    free = free - ahead
  elseif waiting > 0 and now >= since + turn then
    free = 0
  end
end
local told = math.max(0, math.min(share, free))
redis.call('HSET', KEYS[2], me, told, me .. '|before', used or had)
if told > 0 then
  redis.call('HSET', KEYS[2], me .. '|since', had > 0 and since or now)
  redis.call('HDEL', KEYS[2], me .. '|waits')
elseif not mine[3] then
  redis.call('HSET', KEYS[2], me .. '|waits', redis.call('HINCRBY', KEYS[2], '|queue', 1))
end
redis.call('PEXPIRE', KEYS[1], lease)
redis.call('PEXPIRE', KEYS[2], lease)
return told
