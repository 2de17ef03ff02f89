-- The next bytes of the sound. The id of a piece is the offset of its first byte.
local run, token, start, bytes = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
if isStale(run, token) then return STALE end
local have = tonumber(redis.call('HGET', at('run', run), 'bytes'))
-- Said twice, as the answer was lost with the connection.
if start + #bytes <= have then return have end
if start ~= have then return GAP end
redis.call('XADD', at('sound', run), start .. '-1', 'b', bytes)
redis.call('PEXPIRE', at('sound', run), KEPT)
redis.call('HSET', at('run', run), 'bytes', have + #bytes)
notify('run:' .. run)
return have + #bytes
