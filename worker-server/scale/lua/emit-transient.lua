-- Emits a transient event to all jobs of a run.
local run, token, kind, body = unpack(ARGV, 2, 5)
if isStale(run, token) then return STALE end
if kind == 'text' then redis.call('HSET', keyOf('run', run), 'text', body) end
for _, job in ipairs(jobsOf(run)) do emit(job, kind, body) end
