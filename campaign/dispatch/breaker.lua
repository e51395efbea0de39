-- The breaker of one relay: closed (no key), open until a moment, half open while one lane probes.
-- KEYS: the breaker. ARGV: act, owner, why, seconds of a probe, seconds of memory, then the waits.
-- Reply of `ask`: 1 when the owner may try, else 0; of `read`: now and what is kept.
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local key, act, owner = KEYS[1], ARGV[1], ARGV[2]
if act == 'close' then
  return redis.call('DEL', key)
end
local kept = redis.call('HMGET', key, 'since', 'next', 'probe', 'probe_until', 'failures')
if act == 'read' then
  local why = redis.call('HGET', key, 'why')
  return {string.format('%.6f', now), kept[1] or '', kept[2] or '', kept[4] or '0', kept[5] or '0', why or ''}
end
if act == 'ask' then
  if not kept[1] then return 1 end
  if kept[3] == owner then
    redis.call('HSET', key, 'probe_until', string.format('%.6f', now + tonumber(ARGV[4])))
    return 1
  end
  local probing = kept[4] and tonumber(kept[4]) > now
  if probing or now < tonumber(kept[2]) then return 0 end
  redis.call('HSET', key, 'probe', owner, 'probe_until', string.format('%.6f', now + tonumber(ARGV[4])))
  return 1
end
if act == 'leave' then
  -- a probe that ended without an answer: the next one may begin
  if kept[3] == owner then redis.call('HDEL', key, 'probe', 'probe_until') end
  return 0
end
-- trip
local failures = tonumber(kept[5] or '0') + 1
local wait = tonumber(ARGV[5 + math.min(failures, #ARGV - 5)])
redis.call('HSET', key, 'failures', failures, 'why', ARGV[3], 'next', string.format('%.6f', now + wait))
redis.call('HSETNX', key, 'since', string.format('%.6f', now))
redis.call('HDEL', key, 'probe', 'probe_until')
redis.call('EXPIRE', key, ARGV[5])
return failures
