-- Appends bytes to the sound of a run. The id of a stream entry is the offset of its first byte.
local run, token, start, bytes = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
if isStale(run, token) then return STALE end
local have = tonumber(redis.call('HGET', keyOf('run', run), 'bytes'))
-- Sent again because the connection was lost before the answer.
if start + #bytes <= have then return have end
if start ~= have then return GAP end
redis.call('XADD', keyOf('sound', run), start .. '-1', 'b', bytes)
redis.call('PEXPIRE', keyOf('sound', run), RETENTION_MS)
redis.call('HSET', keyOf('run', run), 'bytes', have + #bytes)
notify('run:' .. run)
return have + #bytes
