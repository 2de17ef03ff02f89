-- Records the outcome of an attempt that did not complete: the run is queued again (`retry` after a crash, `requeue` when
-- its worker stops), or it has failed.
local run, token, outcome, body = unpack(ARGV, 2, 5)
if isStale(run, token) then return STALE end
if outcome == 'failed' then return failRun(run, body) end
local engine = redis.call('HGET', keyOf('run', run), 'engine')
if outcome == 'retry' then redis.call('HINCRBY', keyOf('run', run), 'deaths', 1) end
redis.call('HDEL', keyOf('run', run), 'token')
enqueue(run, engine)
setStatus(run, 'running', 'queued')
local position = positionOf(run, engine)
for _, job in ipairs(jobsOf(run)) do emitPosition(job, 'queued', position, nil) end
