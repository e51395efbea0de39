-- Take tokens from all buckets of a message at once, or from none.
-- KEYS: one a bucket.
-- ARGV: wanted, returned, day of the returned ones, seconds that the house's clock is ahead of UTC; then three
-- a bucket: 'rate', microseconds a token, capacity; or 'day', messages allowed, 0.
-- Reply: tokens taken, microseconds to wait when there were none, the house's day (days since 1970-01-01).
-- A rate is kept as one number: the moment at which its bucket is full again (GCRA).
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local wanted, returned = tonumber(ARGV[1]), tonumber(ARGV[2])
local ahead = tonumber(ARGV[4])
local day = math.floor((now / 1000000 + ahead) / 86400)
-- when nothing is left it pays to wait for some tokens, not for one: 50 ms of them
local PATIENCE = 50000

local granted, wait = wanted, 0
local found, stale = {}, {}
for i, key in ipairs(KEYS) do
  local kind, a, b = ARGV[2 + 3 * i], tonumber(ARGV[3 + 3 * i]), tonumber(ARGV[4 + 3 * i])
  local room, until_room
  if kind == 'rate' then
    local full_at = math.max(now, tonumber(redis.call('GET', key) or '0') - returned * a)
    found[i] = full_at
    room = math.floor(b - (full_at - now) / a + 1e-9)
    local some = math.max(1, math.min(wanted, b, math.floor(PATIENCE / a)))
    until_room = full_at - now + (some - b) * a
  else
    local kept = redis.call('HMGET', key, 'day', 'used')
    local used = 0
    stale[i] = tonumber(kept[1] or '-1') ~= day
    if not stale[i] then
      used = tonumber(kept[2])
      if tonumber(ARGV[3]) == day then used = math.max(0, used - returned) end
    end
    found[i] = used
    room = a - used
    until_room = (day + 1) * 86400000000 - ahead * 1000000 - now
  end
  if room < granted then granted = math.max(0, room) end
  if room < 1 and wanted > 0 then wait = math.max(wait, until_room) end
end

for i, key in ipairs(KEYS) do
  local kind, a = ARGV[2 + 3 * i], tonumber(ARGV[3 + 3 * i])
  if kind == 'rate' then
    local full_at = math.ceil(found[i] + granted * a)
    if full_at > now then
      redis.call('SET', key, string.format('%.0f', full_at), 'PX', math.ceil((full_at - now) / 1000) + 1)
    else
      redis.call('DEL', key)
    end
  else
    if stale[i] then redis.call('DEL', key) end
    redis.call('HSET', key, 'day', day, 'used', found[i] + granted)
    redis.call('EXPIRE', key, 172800)
  end
end
return {granted, math.ceil(wait), day}
