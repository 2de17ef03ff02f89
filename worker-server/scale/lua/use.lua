-- Somebody asks for the sound of a run.
local run = ARGV[2]
if redis.call('HGET', at('run', run), 'status') == 'done' then keep(run) end
