-- Starts an attempt at a run. If another attempt still holds the run, its worker has crashed.
local run, token, key = unpack(ARGV, 2, 4)
local maxCrashes, median, crashedTooOften = tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7]
local status, holder, engine, startTag =
  unpack(redis.call('HMGET', keyOf('run', run), 'status', 'token', 'engine', 'turn'))
if status ~= 'queued' and status ~= 'running' then return { 'gone' } end
if status == 'queued' or holder ~= token then
  if status == 'running' and redis.call('HINCRBY', keyOf('run', run), 'deaths', 1) > maxCrashes then
    failRun(run, crashedTooOften)
    return { 'gone' }
  end
  redis.call('HSET', keyOf('run', run), 'status', 'running', 'token', token, 'key', key, 'startedAt', NOW)
  redis.call('SET', keyOf('answer', key), run)
  redis.call('ZREM', keyOf('waiting', engine), run)
  redis.call('ZADD', keyOf('working', engine), NOW, run)
  local virtualTime = tonumber(redis.call('GET', keyOf('served', engine)) or 0)
  redis.call('SET', keyOf('served', engine), math.max(virtualTime, tonumber(startTag)))
  setStatus(run, 'queued', 'running')
  for _, job in ipairs(jobsOf(run)) do emitStarted(job, median >= 0 and median or nil) end
  redis.call('HINCRBY', keyOf('totals'), 'runsTotal', 1)
  positionsChanged(engine)
end
local crashes, bytes = unpack(redis.call('HMGET', keyOf('run', run), 'deaths', 'bytes'))
return { 'begun', crashes, bytes }
