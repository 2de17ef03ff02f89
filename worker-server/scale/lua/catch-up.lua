-- A client has received events that Redis has lost: the next events get numbers that are new to the client too.
local id, received = ARGV[2], tonumber(ARGV[3])
local seq, status, last = unpack(redis.call('HMGET', keyOf('job', id), 'seq', 'status', 'last'))
if not seq or received <= tonumber(seq) then return end
redis.call('HSET', keyOf('job', id), 'seq', received)
if status ~= 'queued' and status ~= 'running' then
  emit(id, status, last)
  redis.call('PEXPIRE', keyOf('events', id), RETENTION_MS)
end
