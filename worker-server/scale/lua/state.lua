-- Reads a job and how much sound it has; nothing when there is no such job.
local id = ARGV[2]
local job = redis.call('HMGET', keyOf('job', id), 'verb', 'status', 'seq', 'last', 'request', 'run')
if not job[1] then return nil end
local bytes = redis.call('HGET', keyOf('run', job[6]), 'bytes')
if not bytes then return nil end
job[7] = bytes
return job
