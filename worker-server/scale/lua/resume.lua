-- A run that the queue has lost waits again, if it is not at its end after all.
local run = ARGV[2]
local status, engine, turn = unpack(redis.call('HMGET', at('run', run), 'status', 'engine', 'turn'))
if status ~= 'queued' and status ~= 'running' then return nil end
if status == 'running' then
  redis.call('HINCRBY', at('run', run), 'deaths', 1)
  redis.call('HDEL', at('run', run), 'token')
  enqueue(run, engine)
  setActive(run, 'running', 'queued')
end
return turn
