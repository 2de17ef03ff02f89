-- Cancels a job, and its run if no other job needs it.
local id = ARGV[2]
local status, run = unpack(redis.call('HMGET', keyOf('job', id), 'status', 'run'))
if not status or redis.call('EXISTS', keyOf('run', run)) == 0 then return { 'unknown' } end
if status ~= 'queued' and status ~= 'running' then return { 'ended' } end
local engine = redis.call('HGET', keyOf('run', run), 'engine')
emit(id, 'cancelled', '{"t":"cancelled"}')
endJob(id, 'cancelled')
notify('run:' .. run)
if #jobsOf(run) > 0 then return { 'left' } end
abandonRun(run, 'cancelled')
redis.call('PUBLISH', keyOf('cancelled'), run)
return { 'cancelled', run, engine }
