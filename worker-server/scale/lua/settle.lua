-- A run came to no good end: it waits again (`retry` after a crash, `requeue` when its worker stops), or has failed.
local run, token, outcome, body = unpack(ARGV, 2, 5)
if isStale(run, token) then return STALE end
if outcome == 'failed' then return failRun(run, body) end
local engine = redis.call('HGET', at('run', run), 'engine')
if outcome == 'retry' then redis.call('HINCRBY', at('run', run), 'deaths', 1) end
redis.call('HDEL', at('run', run), 'token')
enqueue(run, engine)
setActive(run, 'running', 'queued')
local position = placeOf(run, engine)
for _, job in ipairs(jobsOf(run)) do emitPosition(job, 'queued', position, nil) end
