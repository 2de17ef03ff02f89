-- Somebody has heard events of a job that Redis has forgotten: those to come get numbers that are new to him too.
local id, heard = ARGV[2], tonumber(ARGV[3])
local seq, status, last = unpack(redis.call('HMGET', at('job', id), 'seq', 'status', 'last'))
if not seq or heard <= tonumber(seq) then return end
redis.call('HSET', at('job', id), 'seq', heard)
if status ~= 'queued' and status ~= 'running' then
  emit(id, status, last)
  redis.call('PEXPIRE', at('events', id), KEPT)
end
