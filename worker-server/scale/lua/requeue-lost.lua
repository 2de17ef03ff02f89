-- Queues a run again that BullMQ has lost, unless it has ended. Returns its start tag.
local run = ARGV[2]
local status, engine, startTag = unpack(redis.call('HMGET', keyOf('run', run), 'status', 'engine', 'turn'))
if status ~= 'queued' and status ~= 'running' then return nil end
if status == 'running' then
  redis.call('HINCRBY', keyOf('run', run), 'deaths', 1)
  redis.call('HDEL', keyOf('run', run), 'token')
  enqueue(run, engine)
  setStatus(run, 'running', 'queued')
end
return startTag
