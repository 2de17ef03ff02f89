-- A job leaves its run; the last to leave ends it.
local id = ARGV[2]
local status, run = unpack(redis.call('HMGET', at('job', id), 'status', 'run'))
if not status or redis.call('EXISTS', at('run', run)) == 0 then return { 'unknown' } end
if status ~= 'queued' and status ~= 'running' then return { 'ended' } end
local engine = redis.call('HGET', at('run', run), 'engine')
emit(id, 'cancelled', '{"t":"cancelled"}')
endJob(id, 'cancelled')
notify('run:' .. run)
if #jobsOf(run) > 0 then return { 'left' } end
giveUp(run, 'cancelled')
redis.call('PUBLISH', at('cancelled'), run)
return { 'cancelled', run, engine }
