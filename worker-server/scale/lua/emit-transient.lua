-- Passing news of a run, for all its jobs.
local run, token, kind, body = unpack(ARGV, 2, 5)
if isStale(run, token) then return STALE end
if kind == 'text' then redis.call('HSET', at('run', run), 'text', body) end
for _, job in ipairs(jobsOf(run)) do emit(job, kind, body) end
